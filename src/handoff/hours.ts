import { z } from 'zod';
import { localDay, localTime } from './local-time.ts';

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
  const day = localDay(at, zone);
  if (hours.closed.includes(day)) return false;
  const time = localTime(at, zone).slice(-5);
  const weekday = weekdays[(new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7] ?? 'mon';
  return (hours.week[weekday] ?? []).some((interval) => interval.slice(0, 5) <= time && time < interval.slice(6));
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
