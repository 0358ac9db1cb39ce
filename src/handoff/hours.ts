import { z } from 'zod';
import { instantAt, localDay, localTime } from './local-time.ts';

const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const Interval = z
  .string('quote it: "09:00-12:00"')
  .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$/, 'write the interval as "09:00-12:00"')
  .refine(
    (interval) => interval.slice(0, 5) < interval.slice(6),
    'the interval ends before it begins: split it at midnight',
  );

export const TimeZone = z.string().refine(isTimeZone, 'name a time zone of the IANA list, such as Asia/Tokyo');

/** When somebody works: intervals a weekday, without the closed days. Several intervals leave room for lunch. */
export const Hours = z.strictObject({
  'time-zone': TimeZone,
  week: z.partialRecord(z.enum(weekdays), z.array(Interval)),
  closed: z.array(z.iso.date('write the day as "2026-12-29"')).default([]),
});
export type Hours = z.infer<typeof Hours>;

/** Whether a moment lies within the hours. An interval holds its first minute and not its last. */
export function isOpen(hours: Hours, at: string): boolean {
  const zone = hours['time-zone'];
  const time = localTime(at, zone).slice(-5);
  return intervalsOn(hours, localDay(at, zone)).some(([opens, closes]) => opens <= time && time < closes);
}

/** How far ahead it is looked for hours that are open. */
const mostDays = 366;
const dayMs = 24 * 60 * 60_000;

/** The moment at which the hours have been open for `ms` since `from`; undefined where they do not open as long within a year. */
export function openFor(hours: Hours, from: string, ms: number): string | undefined {
  const zone = hours['time-zone'];
  const first = localDay(from, zone);
  let cursor = Date.parse(from);
  let left = ms;
  for (let days = 0; days < mostDays; days += 1) {
    const day = new Date(Date.parse(first) + days * dayMs).toISOString().slice(0, 10);
    for (const [opens, closes] of intervalsOn(hours, day)) {
      const begin = Math.max(cursor, instantAt(day, opens, zone));
      const open = instantAt(day, closes, zone) - begin;
      if (open >= left) return new Date(begin + left).toISOString();
      if (open <= 0) continue;
      left -= open;
      cursor = begin + open;
    }
  }
  return undefined;
}

/** The intervals of a day, in their order. */
function intervalsOn({ week, closed }: Hours, day: string): readonly (readonly [opens: string, closes: string])[] {
  if (closed.includes(day)) return [];
  const weekday = weekdays[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'mon';
  return (week[weekday] ?? []).toSorted().map((interval) => [interval.slice(0, 5), interval.slice(6)]);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
