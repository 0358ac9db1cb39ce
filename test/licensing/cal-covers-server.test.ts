import { describe, expect, test } from 'vitest';
import { decide } from './tables.ts';

const servers = ['2008', '2008r2', '2012', '2012r2', '2016', '2019', '2022', '2025'];
/** Row: CAL; column: server, in the order of `servers`. */
const matrix = {
  '2003': 'nnnnnnnn',
  '2008': 'yynnnnnn',
  '2012': 'yyyynnnn',
  '2016': 'yyyyynnn',
  '2019': 'yyyyyynn',
  '2022': 'yyyyyyyn',
  '2025': 'yyyyyyyy',
};

function covers(facts: Readonly<Record<string, string | number>>, at?: string) {
  return decide('cal-covers-server', facts, at).verdict;
}

describe('cal-covers-server: versions', () => {
  for (const [cal, row] of Object.entries(matrix)) {
    for (const [column, server] of servers.entries()) {
      const verdict = row[column] === 'y' ? 'yes' : 'no';
      test(`a ${cal} CAL for a ${server} server: ${verdict}`, () => {
        expect(covers({ 'cal-version': cal, 'server-version': server }).verdict).toBe(verdict);
      });
    }
  }

  test('an R2 server is reached by the CAL of its base version, by the rule of the R2 releases', () => {
    expect(covers({ 'cal-version': '2012', 'server-version': '2012r2' })).toMatchObject({
      verdict: 'yes',
      rule: 'cal-r2',
      values: { calVersion: '2012', serverVersion: '2012 R2' },
    });
  });

  test('a newer CAL needs no downgrade right of the server, whatever the source article says', () => {
    expect(covers({ 'cal-version': '2022', 'server-version': '2019' })).toMatchObject({
      verdict: 'yes',
      rule: 'cal-version-newer',
    });
  });

  test('depends when a version is missing, not known or not one we know', () => {
    expect(covers({}).rule).toBe('cal-versions-decide');
    expect(covers({ 'cal-version': '2022', 'server-version': 'unsure' }).verdict).toBe('depends');
    expect(covers({ 'cal-version': '2028', 'server-version': '2025' }).verdict).toBe('depends');
  });
});

describe('cal-covers-server: Software Assurance', () => {
  const older = { 'cal-version': '2019', 'server-version': '2022' };

  test('lifts the CAL to a version released while it was active, on the day the table gives', () => {
    expect(covers({ ...older, 'cal-assurance': 'yes' })).toMatchObject({
      verdict: 'yes',
      rule: 'cal-assurance-raises',
      values: { released: '2021-08-18' },
      changes: ['assurance-ended-before'],
    });
  });

  test('does not lift it to a version that was out before the CAL was bought', () => {
    expect(covers({ ...older, 'cal-assurance': 'yes', 'cal-bought': '2023-04' })).toMatchObject({
      verdict: 'no',
      rule: 'cal-assurance-too-late',
    });
    expect(covers({ ...older, 'cal-assurance': 'yes', 'cal-bought': '2019-06-01' }).verdict).toBe('yes');
  });

  test('does not lift it to a version that is not out yet', () => {
    expect(covers({ ...older, 'cal-assurance': 'yes' }, '2021-08-17')).toMatchObject({
      verdict: 'depends',
      rule: 'cal-assurance-not-yet',
    });
    expect(covers({ ...older, 'cal-assurance': 'yes' }, '2021-08-18T00:00:00Z').verdict).toBe('yes');
  });

  test('counts from the first release of a generation: 2012 R2 brought no new CAL', () => {
    expect(covers({ 'cal-version': '2008', 'server-version': '2012r2', 'cal-assurance': 'yes' }).values.released).toBe(
      '2012-10-30',
    );
  });

  test('is what decides when the person does not know about it, and changes nothing without it', () => {
    expect(covers({ ...older, 'cal-assurance': 'unsure' })).toMatchObject({
      verdict: 'depends',
      rule: 'cal-assurance-decides',
    });
    expect(covers({ ...older, 'cal-assurance': 'no' })).toMatchObject({ verdict: 'no', rule: 'cal-version-too-old' });
  });

  test('is named as a way out where nobody asked about it', () => {
    expect(covers(older)).toMatchObject({ verdict: 'no', values: { released: '2021-08-18' } });
    expect(covers(older).changes).toContain('assurance-on-release-day');
    expect(covers({ ...older, 'cal-assurance': 'no' }).changes).not.toContain('assurance-on-release-day');
  });

  test('is not needed for an older server', () => {
    expect(covers({ 'cal-version': '2022', 'server-version': '2016', 'cal-assurance': 'no' }).verdict).toBe('yes');
  });
});

describe('cal-covers-server: who uses it', () => {
  const tooOld = { 'cal-version': '2016', 'server-version': '2025' };
  const enough = { 'cal-version': '2025', 'server-version': '2025' };

  test('two administrators need no CAL, whatever its version', () => {
    expect(covers({ ...tooOld, 'cal-access': 'admins' })).toMatchObject({
      verdict: 'yes',
      rule: 'cal-none-admin',
      values: { admins: 2 },
    });
  });

  test('a public web site needs no CAL since 2012; before, only without signing in', () => {
    expect(covers({ ...tooOld, 'cal-access': 'web' })).toMatchObject({ verdict: 'yes', rule: 'cal-none-web' });
    expect(covers({ 'cal-version': '2008', 'server-version': '2008r2', 'cal-access': 'web' })).toMatchObject({
      verdict: 'depends',
      rule: 'cal-none-anonymous',
    });
  });

  test("external users depend on an External Connector or CALs of their own; the staff's do not cover them", () => {
    expect(covers({ ...enough, 'cal-access': 'external' })).toMatchObject({
      verdict: 'depends',
      rule: 'cal-external',
      changes: ['external-connector', 'cal-per-external', 'only-public-web'],
    });
    expect(covers({ ...enough, 'cal-access': 'mixed' })).toMatchObject({ verdict: 'depends', rule: 'cal-mixed' });
    expect(covers({ ...tooOld, 'cal-access': 'mixed' })).toMatchObject({ verdict: 'no', rule: 'cal-version-too-old' });
  });

  test('staff are judged by the versions; nobody knowing who uses it, a CAL that is too old for staff stays too old', () => {
    expect(covers({ ...tooOld, 'cal-access': 'staff' }).verdict).toBe('no');
    expect(covers({ ...enough, 'cal-access': 'unsure' })).toMatchObject({
      verdict: 'depends',
      rule: 'cal-access-decides',
    });
  });
});

describe('cal-covers-server: editions', () => {
  const versions = { 'cal-version': '2016', 'server-version': '2019' };

  test('Essentials takes no CALs up to 25 users and 50 devices, and none can be added beyond', () => {
    expect(covers({ ...versions, 'cal-edition': 'essentials', 'cal-users': 25, 'cal-devices': 50 })).toMatchObject({
      verdict: 'yes',
      rule: 'cal-none-essentials',
    });
    expect(covers({ ...versions, 'cal-edition': 'essentials', 'cal-users': 26 })).toMatchObject({
      verdict: 'no',
      rule: 'essentials-outgrown',
    });
    expect(covers({ ...versions, 'cal-edition': 'essentials', 'cal-devices': 51 }).verdict).toBe('no');
  });

  test('Foundation takes none up to 15 users', () => {
    expect(covers({ ...versions, 'cal-edition': 'foundation', 'cal-users': 15 }).verdict).toBe('yes');
    expect(covers({ ...versions, 'cal-edition': 'foundation', 'cal-users': 16 }).verdict).toBe('no');
  });

  test('an evaluation is licensed before CALs come up', () => {
    expect(covers({ ...versions, 'cal-edition': 'evaluation' })).toMatchObject({
      verdict: 'depends',
      rule: 'cal-evaluation',
    });
  });
});
