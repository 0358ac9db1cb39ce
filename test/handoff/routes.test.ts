import { describe, expect, test } from 'vitest';
import { Hours, isOpen } from '../../src/handoff/hours.ts';
import { Route, type RoutedCase, routeTo } from '../../src/handoff/routes.ts';

const office = Hours.parse({
  'time-zone': 'Asia/Tokyo',
  week: { mon: ['09:00-12:00', '13:00-17:30'], tue: ['09:00-17:30'] },
  closed: ['2026-11-24'],
});
const routes = [
  { when: { desk: ['oem'], maker: ['HPE'] }, to: 'hpe' },
  { when: { desk: ['reseller'], customer: ['Contoso K.K.'], hours: 'office' }, to: 'day-desk' },
  { when: { desk: ['reseller'], severity: [1, 2], outside: 'office' }, to: 'night-desk' },
  { when: { desk: ['reseller'] }, to: 'reseller' },
].map((route) => Route.parse(route));
const item: RoutedCase = {
  desk: 'reseller',
  channel: 'retail',
  customer: 'contoso k.k.',
  maker: null,
  language: 'ja',
  severity: 3,
  workspace: 'slack:T1',
  at: '2026-11-23T01:00:00.000Z',
};

describe('a case is routed', () => {
  test('by the first route that fits, text compared without case and width', () => {
    expect(routeTo(routes, { office }, { ...item, customer: 'Ｃontoso K.K.' }).to).toBe('day-desk');
  });

  test('with an account of why the routes before it did not fit', () => {
    expect(routeTo(routes, { office }, { ...item, customer: 'Fabrikam' })).toEqual({
      to: 'reseller',
      considered: [
        { route: 1, to: 'hpe', failed: 'desk' },
        { route: 2, to: 'day-desk', failed: 'customer' },
        { route: 3, to: 'night-desk', failed: 'severity' },
        { route: 4, to: 'reseller', failed: null },
      ],
    });
  });

  test('nowhere when nothing fits', () => {
    expect(routeTo(routes, { office }, { ...item, desk: 'vl-support' }).to).toBeNull();
  });

  test('outside the hours to who is there then', () => {
    expect(routeTo(routes, { office }, { ...item, severity: 1, at: '2026-11-23T12:00:00.000Z' }).to).toBe('night-desk');
  });
});

describe('hours', () => {
  test.each([
    ['the first minute', '2026-11-23T00:00:00.000Z', true],
    ['before it', '2026-11-22T23:59:59.000Z', false],
    ['lunch', '2026-11-23T03:00:00.000Z', false],
    ['the afternoon', '2026-11-23T04:00:00.000Z', true],
    ['a closed day', '2026-11-24T02:00:00.000Z', false],
    ['a day without intervals', '2026-11-25T02:00:00.000Z', false],
  ])('%s', (_, at, open) => expect(isOpen(office, at)).toBe(open));

  test('follow the clock of their zone through the change to summer time', () => {
    const berlin = Hours.parse({ 'time-zone': 'Europe/Berlin', week: { mon: ['09:00-10:00'] } });
    expect(isOpen(berlin, '2026-03-23T08:30:00.000Z')).toBe(true);
    expect(isOpen(berlin, '2026-03-30T08:30:00.000Z')).toBe(false);
    expect(isOpen(berlin, '2026-03-30T07:30:00.000Z')).toBe(true);
  });

  test('refuse a zone that does not exist and an interval that ends before it begins', () => {
    expect(Hours.safeParse({ 'time-zone': 'Asia/Edo', week: {} }).success).toBe(false);
    expect(Hours.safeParse({ 'time-zone': 'Asia/Tokyo', week: { mon: ['17:00-09:00'] } }).success).toBe(false);
  });
});
