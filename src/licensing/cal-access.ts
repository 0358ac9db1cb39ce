import { isUnsure, textFact } from './facts.ts';
import type { Facts, LicensingTables } from './policy.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/**
 * The verdict where who uses the server decides it, rather than the version of the CALs.
 * @param version what the versions alone give; staff, and whoever was not asked about, are judged by it.
 */
export function calAccess({ cals }: LicensingTables, facts: Facts, version: Verdict): Verdict | undefined {
  if (isUnsure(facts, 'cal-access') && version.verdict !== 'no')
    return verdictOf('depends', 'cal-access-decides', {}, ['only-staff', 'only-admins', 'only-public-web']);
  switch (textFact(facts, 'cal-access')) {
    case 'admins':
      return verdictOf('yes', 'cal-none-admin', { admins: cals['free-admins'].count }, ['more-admins', 'other-use']);
    case 'web':
      return cals['anonymous-web'].versions.some((id) => id === textFact(facts, 'server-version'))
        ? verdictOf('depends', 'cal-none-anonymous', {}, ['web-without-sign-in'])
        : verdictOf('yes', 'cal-none-web', {}, ['web-for-staff', 'other-use']);
    case 'external':
      return verdictOf('depends', 'cal-external', {}, ['external-connector', 'cal-per-external', 'only-public-web']);
    case 'mixed':
      return version.verdict === 'yes'
        ? verdictOf('depends', 'cal-mixed', version.values, [
            'external-connector',
            'cal-per-external',
            'only-public-web',
          ])
        : undefined;
    default:
      return undefined;
  }
}
