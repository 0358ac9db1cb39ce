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

function partsOf(
  at: string,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
  wanted: readonly string[],
): readonly string[] {
  const parts = new Intl.DateTimeFormat('en-GB', { ...options, timeZone }).formatToParts(new Date(at));
  return wanted.map((type) => parts.find((part) => part.type === type)?.value ?? '');
}
