import { describe, expect, test } from 'vitest';
import { decide } from './tables.ts';

const servers = ['2008', '2008r2', '2012', '2012r2', '2016', '2019', '2022', '2025'];
const cals = ['2008', '2012', '2016', '2019', '2022', '2025'];

/** Row: session host; column: RDS CAL, in the order of `cals`. */
const hostAccepts = ['yyyyyy', 'yyyyyy', 'nyyyyy', 'nyyyyy', 'nnyyyy', 'nnnyyy', 'nnnnyy', 'nnnnny'];
/** Row: licence server; column: RDS CAL. */
const serverHolds = ['ynnnnn', 'ynnnnn', 'yynnnn', 'yynnnn', 'yyynnn', 'yyyynn', 'yyyyyn', 'yyyyyy'];

describe.each([
  ['rds-host-accepts-cal', 'rds-host-version', hostAccepts],
  ['rds-server-holds-cal', 'rds-server-version', serverHolds],
])('%s', (policy, question, matrix) => {
  for (const [row, server] of servers.entries()) {
    for (const [column, cal] of cals.entries()) {
      const expected = matrix[row]?.[column] === 'y' ? 'yes' : 'no';
      test(`${server} server, ${cal} RDS CAL: ${expected}`, () => {
        expect(decide(policy, { [question]: server, 'rds-cal-version': cal }).value).toBe(expected);
      });
    }
  }

  test('depends while a version is missing', () => {
    expect(decide(policy, { 'rds-cal-version': '2022' }).verdict).toMatchObject({
      verdict: 'depends',
      rule: 'rds-versions-decide',
    });
    expect(decide(policy, { [question]: 'unsure', 'rds-cal-version': '2022' }).value).toBe('depends');
  });
});

describe('rds-server-holds-cal', () => {
  test('does not follow the sentence that lets an older licence server hold newer CALs', () => {
    expect(
      decide('rds-server-holds-cal', { 'rds-server-version': '2019', 'rds-cal-version': '2022' }).verdict.rule,
    ).toBe('rds-server-too-old');
  });
});

describe('rds-grace', () => {
  test('runs for 120 days, not 180', () => {
    expect(decide('rds-grace', { 'rds-days': 120 }).verdict).toMatchObject({
      verdict: 'yes',
      values: { limit: 120, left: 0 },
    });
    expect(decide('rds-grace', { 'rds-days': 121 }).verdict).toMatchObject({ verdict: 'no', rule: 'rds-grace-over' });
  });

  test('depends while nobody has counted', () => {
    expect(decide('rds-grace', { 'rds-days': 'unsure' }).value).toBe('depends');
  });
});

describe('rds-mode-allowed', () => {
  test('refuses the Per User mode in a workgroup only', () => {
    expect(decide('rds-mode-allowed', { 'rds-mode': 'per-user', 'rds-workgroup': 'yes' }).verdict).toMatchObject({
      verdict: 'no',
      rule: 'rds-per-user-workgroup',
    });
    expect(decide('rds-mode-allowed', { 'rds-mode': 'per-user', 'rds-workgroup': 'no' }).value).toBe('yes');
    expect(decide('rds-mode-allowed', { 'rds-mode': 'per-user', 'rds-workgroup': 'unsure' }).value).toBe('depends');
  });

  test('allows the Per Device mode everywhere', () => {
    for (const workgroup of ['yes', 'no', 'unsure'])
      expect(decide('rds-mode-allowed', { 'rds-mode': 'per-device', 'rds-workgroup': workgroup }).value).toBe('yes');
  });
});
