import { countFact, textFact } from './facts.ts';
import { byVerdict, type Facts, type LicensingTables, type Policy } from './policy.ts';
import { isSameOrNewer, versionLabel } from './releases.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** Whether users with an RDS CAL may sign in at a session host: the CAL is of its version or newer. */
export const rdsHostAcceptsCal: Policy = {
  needs: ['rds-host-version', 'rds-cal-version'],
  results: ['yes', 'no', 'depends'],
  run: (tables, facts) => {
    const fits = isSameOrNewer(tables.cals, textFact(facts, 'rds-cal-version'), textFact(facts, 'rds-host-version'));
    return byVerdict(
      versionVerdict(
        tables,
        facts,
        'rds-host-version',
        fits,
        ['rds-host-accepts', 'rds-cal-too-old'],
        ['newer-rds-cals'],
      ),
    );
  },
};

/**
 * Whether a licence server can hold an RDS CAL: the server is of the CAL's version or newer. One sentence of Microsoft's page
 * says the opposite; its own table, its older text and the support article agree on this.
 */
export const rdsServerHoldsCal: Policy = {
  needs: ['rds-server-version', 'rds-cal-version'],
  results: ['yes', 'no', 'depends'],
  run: (tables, facts) => {
    const fits = isSameOrNewer(tables.cals, textFact(facts, 'rds-server-version'), textFact(facts, 'rds-cal-version'));
    return byVerdict(
      versionVerdict(
        tables,
        facts,
        'rds-server-version',
        fits,
        ['rds-server-holds', 'rds-server-too-old'],
        ['newer-licence-server'],
      ),
    );
  },
};

function versionVerdict(
  { editions }: LicensingTables,
  facts: Facts,
  server: string,
  fits: boolean | undefined,
  [yes, no]: readonly [string, string],
  changes: readonly string[],
): Verdict {
  if (fits === undefined) return verdictOf('depends', 'rds-versions-decide', {}, ['both-versions']);
  const values = {
    calVersion: versionLabel(editions, textFact(facts, 'rds-cal-version') ?? ''),
    serverVersion: versionLabel(editions, textFact(facts, server) ?? ''),
  };
  return fits ? verdictOf('yes', yes, values) : verdictOf('no', no, values, changes);
}

/** Whether a session host may still be used without a licence server, by the days since its first connection. */
export const rdsGrace: Policy = {
  needs: ['rds-days'],
  results: ['yes', 'no', 'depends'],
  run: ({ cals }, facts) => {
    const limit = cals.rds['grace-days'];
    const days = countFact(facts, 'rds-days');
    if (days === undefined) return byVerdict(verdictOf('depends', 'rds-grace-decides', { limit }, ['days-known']));
    return byVerdict(
      days <= limit
        ? verdictOf('yes', 'rds-grace-running', { limit, days, left: limit - days }, ['permanent-cal-issued'])
        : verdictOf('no', 'rds-grace-over', { limit, days, sessions: cals.rds['free-admin-sessions'] }, [
            'licence-server-set-up',
            'only-rdp-admins',
          ]),
    );
  },
};

/** Whether a session host may run in a licensing mode where it stands. */
export const rdsModeAllowed: Policy = {
  needs: ['rds-mode', 'rds-workgroup'],
  results: ['yes', 'no', 'depends'],
  run: ({ cals }, facts) =>
    byVerdict(modeVerdict(cals.rds['workgroup-modes'], textFact(facts, 'rds-mode'), textFact(facts, 'rds-workgroup'))),
};

function modeVerdict(
  workgroupModes: readonly string[],
  mode: string | undefined,
  workgroup: string | undefined,
): Verdict {
  if (mode === undefined) return verdictOf('depends', 'rds-mode-decides', {}, ['mode-and-domain']);
  if (workgroupModes.includes(mode)) return verdictOf('yes', 'rds-per-device');
  if (workgroup === undefined) return verdictOf('depends', 'rds-mode-decides', {}, ['mode-and-domain']);
  return workgroup === 'yes'
    ? verdictOf('no', 'rds-per-user-workgroup', {}, ['per-device-instead', 'host-joined-domain'])
    : verdictOf('yes', 'rds-per-user');
}
