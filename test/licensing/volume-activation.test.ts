import { describe, expect, test } from 'vitest';
import { decide } from './tables.ts';

const versions = ['2008', '2008r2', '2012', '2012r2', '2016', '2019', '2022', '2025'];
const letters: Readonly<Record<string, string>> = { y: 'yes', n: 'no', d: 'depends', u: 'unknown' };

describe('kms-activates', () => {
  /** Row: version the host runs on; column: version of the server it activates. `d`: after an update. */
  const matrix = ['uuuunnnn', 'uuddnnnn', 'yyyddnnn', 'yyyyddnn', 'yyyyyddn', 'yyyyyydd', 'yyyyyyyd', 'yyyyyyyy'];
  for (const [row, host] of versions.entries()) {
    for (const [column, client] of versions.entries()) {
      const expected = letters[matrix[row]?.[column] ?? ''];
      test(`a host on ${host} and a ${client} server: ${expected}`, () => {
        expect(decide('kms-activates', { 'kms-host-version': host, 'kms-client-version': client }).value).toBe(
          expected,
        );
      });
    }
  }

  test.each([
    ['2022', '2025', 'KB5034770'],
    ['2019', '2025', 'KB5034768'],
    ['2019', '2022', 'KB5003646'],
    ['2016', '2022', 'KB5003638'],
    ['2016', '2019', 'KB4478877'],
    ['2012r2', '2019', 'KB4467695'],
    ['2012r2', '2016', 'KB3172614'],
    ['2012', '2016', 'KB3172615'],
    ['2008r2', '2012', 'KB3079821'],
  ])('a host on %s needs for %s the update %s', (host, client, update) => {
    expect(
      decide('kms-activates', { 'kms-host-version': host, 'kms-client-version': client }).verdict.values.update,
    ).toBe(update);
  });

  test('depends while a version is not known', () => {
    expect(decide('kms-activates', { 'kms-host-version': '2022', 'kms-client-version': 'unsure' }).value).toBe(
      'depends',
    );
  });
});

describe('kms-threshold', () => {
  const count = (servers: number | string, clients: number | string) =>
    decide('kms-threshold', { 'kms-server-count': servers, 'kms-client-count': clients }).verdict;

  test('servers need 5, clients 25, and both count together', () => {
    expect(count(4, 0)).toMatchObject({ verdict: 'no', rule: 'kms-threshold-missed' });
    expect(count(5, 0)).toMatchObject({ verdict: 'yes', rule: 'kms-threshold-servers' });
    expect(count(4, 1)).toMatchObject({ verdict: 'depends', rule: 'kms-threshold-servers' });
    expect(count(1, 23)).toMatchObject({ verdict: 'depends', rule: 'kms-threshold-servers' });
    expect(count(1, 24)).toMatchObject({ verdict: 'yes', rule: 'kms-threshold-both' });
  });

  test('takes clients nobody asked about as none', () => {
    expect(decide('kms-threshold', { 'kms-server-count': 4 }).value).toBe('no');
    expect(decide('kms-threshold', { 'kms-server-count': 5 }).value).toBe('yes');
  });

  test('depends while one number is not known and the other too small', () => {
    expect(count(4, 'unsure')).toMatchObject({ verdict: 'depends', rule: 'kms-threshold-decides' });
    expect(count('unsure', 30).verdict).toBe('yes');
  });
});

describe('avma-fits', () => {
  /** Row: Hyper-V host; column: guest. */
  const matrix = ['nnnnnnnn', 'nnnnnnnn', 'nnnnnnnn', 'nnnynnnn', 'nnnyynnn', 'nnnyyynn', 'nnnyyyyn', 'nnnyyyyy'];
  for (const [row, host] of versions.entries()) {
    for (const [column, guest] of versions.entries()) {
      const expected = letters[matrix[row]?.[column] ?? ''];
      test(`a ${host} host and a ${guest} guest: ${expected}`, () => {
        expect(decide('avma-fits', { 'avma-host-version': host, 'avma-guest-version': guest }).value).toBe(expected);
      });
    }
  }

  test('says of a 2025 host that it follows from the pattern', () => {
    expect(decide('avma-fits', { 'avma-host-version': '2025', 'avma-guest-version': '2022' }).verdict.rule).toBe(
      'avma-fits-likely',
    );
  });
});

describe('which-desk', () => {
  test.each([
    ['oem', 'oem'],
    ['retail', 'reseller'],
    ['mak', 'vl-support'],
    ['kms', 'internal'],
    ['avma', 'internal'],
    ['evaluation', 'reseller'],
    ['unsure', 'unknown'],
  ])('a %s key: %s', (channel, desk) => {
    expect(decide('which-desk', { 'key-channel': channel }).value).toBe(desk);
  });
});
