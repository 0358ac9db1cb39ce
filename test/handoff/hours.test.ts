import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { endOfClaim } from '../../src/handoff/claim-end.ts';
import { Hours, isOpen, openFor } from '../../src/handoff/hours.ts';
import { noDesks } from '../../src/handoff/settings.ts';

const hour = 60 * 60_000;
const office = Hours.parse({
  'time-zone': 'Asia/Tokyo',
  week: Object.fromEntries(
    ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, ['13:00-17:30', '09:00-12:00']] as const),
  ),
  closed: ['2026-11-23'],
});

describe('hours are open for a while', () => {
  test.each([
    ['within an interval', '2026-11-24T00:30:00.000Z', 2, '2026-11-24T02:30:00.000Z'],
    ['over lunch', '2026-11-24T02:00:00.000Z', 2, '2026-11-24T05:00:00.000Z'],
    ['over the night', '2026-11-24T07:30:00.000Z', 4, '2026-11-25T03:00:00.000Z'],
    ['over a weekend and a holiday', '2026-11-20T08:00:00.000Z', 1, '2026-11-24T00:30:00.000Z'],
    ['from before they open', '2026-11-23T20:00:00.000Z', 1, '2026-11-24T01:00:00.000Z'],
  ])('%s', (_, from, hours, end) => {
    expect(openFor(office, from, hours * hour)).toBe(end);
  });

  test('or never: there is no such moment', () => {
    expect(openFor({ ...office, week: {} }, '2026-11-24T00:30:00.000Z', hour)).toBeUndefined();
  });

  test('as long as their clock says, also where it is changed', () => {
    const step = 15 * 60_000;
    const zone = fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Asia/Kathmandu');
    const week = fc.subarray(['mon', 'tue', 'wed', 'thu', 'sat', 'sun'] as const, { minLength: 5 });
    const interval = fc.constantFrom('00:00-24:00', '09:00-12:15', '18:30-23:00', '04:45-09:00');
    const from = fc.integer({ min: 0, max: 400 }).map((steps) => Date.parse('2026-10-23T00:00:00Z') + steps * step);
    fc.assert(
      fc.property(zone, week, interval, from, fc.integer({ min: 1, max: 20 }), (name, days, open, begin, steps) => {
        const hours = { 'time-zone': name, week: Object.fromEntries(days.map((day) => [day, [open]])), closed: [] };
        const end = Date.parse(openFor(hours, new Date(begin).toISOString(), steps * step) ?? '');
        let opened = 0;
        for (let at = begin; at < end; at += step) opened += isOpen(hours, new Date(at).toISOString()) ? 1 : 0;
        expect(opened).toBe(steps);
      }),
      { numRuns: 12 },
    );
  });
});

describe('a claim ends', () => {
  const claim = { by: 'A1', at: '2026-11-24T07:30:00.000Z', wordAt: null };
  const night = Hours.parse({ 'time-zone': 'Asia/Tokyo', week: { tue: ['17:00-24:00'] } });

  test('after four hours of the only calendar there is', () => {
    expect(endOfClaim({ ...noDesks, hours: { office } }, 'slack:T1', claim)).toBe('2026-11-25T03:00:00.000Z');
  });

  test('after four hours of the one that is named for the workspace', () => {
    const settings = { ...noDesks, hours: { office, night }, agentHours: { 'slack:T1': 'night' } };
    expect(endOfClaim(settings, 'slack:T1', claim)).toBe('2026-11-24T12:00:00.000Z');
  });

  test.each([
    ['without a calendar', {}],
    ['where none of several is named', { office, night }],
    ['where they never open', { office: { ...office, week: {} } }],
  ])('after four hours by the clock, %s', (_, hours) => {
    expect(endOfClaim({ ...noDesks, hours }, 'slack:T1', claim)).toBe('2026-11-24T11:30:00.000Z');
  });

  test('after the last word and not after the taking', () => {
    const written = { ...claim, wordAt: '2026-11-24T07:45:00.000Z' };
    expect(endOfClaim({ ...noDesks, hours: { office } }, 'slack:T1', written)).toBe('2026-11-25T04:15:00.000Z');
  });
});
