import { describe, expect, test } from 'vitest';
import { decide } from './tables.ts';

describe('cal-count', () => {
  test.each([
    ['40 people with 90 devices', 40, 90, 'user', 40],
    ['90 people in shifts on 30 PCs', 90, 30, 'device', 30],
    ['as many people as devices', 25, 25, 'user', 25],
  ])('%s', (_name, users, devices, kind, count) => {
    const computed = decide('cal-count', { 'cal-users': users, 'cal-devices': devices });
    expect(computed.value).toBe(kind);
    expect(computed.verdict.values.count).toBe(count);
  });

  test('offers to count two groups unless nobody shares a device', () => {
    const counts = { 'cal-users': 130, 'cal-devices': 120 };
    expect(decide('cal-count', { ...counts, 'cal-sharing': 'shifts' }).verdict.changes).toEqual(['two-groups']);
    expect(decide('cal-count', { ...counts, 'cal-sharing': 'no' }).verdict.changes).toEqual([]);
  });

  test('depends while either number is missing, and takes nobody for not known', () => {
    expect(decide('cal-count', { 'cal-users': 40 }).value).toBe('depends');
    expect(decide('cal-count', { 'cal-users': 40, 'cal-devices': 'unsure' }).value).toBe('depends');
    expect(decide('cal-count', { 'cal-users': 40, 'cal-devices': 0 }).value).toBe('depends');
  });
});

describe('cal-reassign', () => {
  test.each(['left', 'broken', 'absence'])('%s: at once', (reason) => {
    expect(decide('cal-reassign', { 'reassign-reason': reason, 'reassign-days': 1 }).verdict).toMatchObject({
      verdict: 'yes',
      rule: `reassign-${reason}`,
    });
  });

  test('for any other reason 90 days after the last move', () => {
    expect(decide('cal-reassign', { 'reassign-reason': 'other', 'reassign-days': 90 }).value).toBe('yes');
    expect(decide('cal-reassign', { 'reassign-reason': 'other', 'reassign-days': 89 }).verdict).toMatchObject({
      verdict: 'no',
      values: { wait: 1 },
    });
    expect(decide('cal-reassign', { 'reassign-reason': 'other' }).value).toBe('depends');
  });

  test('depends on the reason when it is not known and the days are too few', () => {
    expect(decide('cal-reassign', { 'reassign-reason': 'unsure', 'reassign-days': 10 }).value).toBe('depends');
    expect(decide('cal-reassign', { 'reassign-reason': 'unsure', 'reassign-days': 100 }).value).toBe('yes');
  });
});

describe('essentials-limit', () => {
  test('ends at 25 users and 50 devices', () => {
    expect(decide('essentials-limit', { 'cal-users': 25, 'cal-devices': 50 }).value).toBe('yes');
    expect(decide('essentials-limit', { 'cal-users': 26 }).verdict).toMatchObject({
      verdict: 'no',
      rule: 'essentials-outgrown',
    });
    expect(decide('essentials-limit', { 'cal-users': 'unsure', 'cal-devices': 51 }).value).toBe('no');
  });

  test('depends while the users are not known', () => {
    expect(decide('essentials-limit', { 'cal-users': 'unsure', 'cal-devices': 10 }).value).toBe('depends');
  });
});

describe('downgrade-right', () => {
  const downgrade = (channel: string, from = '2022', to = '2019') =>
    decide('downgrade-right', { 'downgrade-channel': channel, 'downgrade-from': from, 'downgrade-to': to }).verdict;

  test.each([
    ['volume', 'yes'],
    ['oem', 'depends'],
    ['retail', 'depends'],
    ['evaluation', 'no'],
    ['subscription', 'unknown'],
  ])('%s: %s', (channel, verdict) => {
    expect(downgrade(channel)).toMatchObject({ verdict, rule: `downgrade-${channel}` });
  });

  test('is not the way to a newer version, however it was bought', () => {
    expect(downgrade('volume', '2019', '2022')).toMatchObject({ verdict: 'no', rule: 'downgrade-upwards' });
    expect(downgrade('unsure', '2012', '2012r2').verdict).toBe('no');
  });

  test('never lets a newer key activate the older version', () => {
    expect(downgrade('volume').changes).toContain('older-key-needed');
  });

  test('is not asked about within one version', () => {
    expect(downgrade('evaluation', '2022', '2022').rule).toBe('downgrade-same');
  });

  test('depends on the channel when it is not known', () => {
    expect(downgrade('unsure')).toMatchObject({ verdict: 'depends', rule: 'downgrade-channel-decides' });
  });
});
