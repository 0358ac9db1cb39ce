/** A moment as people in a zone write it, without the zone: `2026-11-22 14:03`. The same in every language. */
export function localTime(at: string, timeZone: string): string {
  return `${localDay(at, timeZone)} ${partsOf(at, timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, ['hour', 'minute']).join(':')}`;
}

/** The day a moment falls on in a zone: `2026-11-22`. */
export function localDay(at: string, timeZone: string): string {
  return partsOf(at, timeZone, { year: 'numeric', month: '2-digit', day: '2-digit' }, ['year', 'month', 'day']).join(
    '-',
  );
}

/** The moment at which clocks in a zone show a time (`09:00`, at most `24:00`) on a day, in milliseconds since 1970. */
export function instantAt(day: string, time: string, timeZone: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  const wall = Date.parse(`${day}T00:00:00Z`) + (hours * 60 + minutes) * 60_000;
  const shown = (at: number) => Date.parse(`${localTime(new Date(at).toISOString(), timeZone).replace(' ', 'T')}Z`);
  // The offset at the first guess is wrong only where the clocks change between it and the moment itself.
  const guess = 2 * wall - shown(wall);
  return guess + wall - shown(guess);
}

function partsOf(
  at: string,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
  wanted: readonly string[],
): readonly string[] {
  const parts = new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).formatToParts(new Date(at));
  return wanted.map((type) => parts.find((part) => part.type === type)?.value ?? '');
}
