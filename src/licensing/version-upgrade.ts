import { installationOf, namesOf } from './installation.ts';
import { byVerdict, type Policy } from './policy.ts';
import { isOlder, releaseOf } from './releases.ts';
import { verdictOf } from './verdict.ts';

/** Whether an installed version can be upgraded in place to a newer one, in one step. */
export const versionUpgrade: Policy = {
  needs: ['installed-version', 'bought-version'],
  results: ['yes', 'no', 'depends'],
  run: (tables, facts) => {
    const installation = installationOf(facts);
    const { version, boughtVersion } = installation;
    if (version === undefined || boughtVersion === undefined)
      return byVerdict(verdictOf('depends', 'upgrade-versions-decide'));
    const names = namesOf(tables, installation);
    if (!isOlder(tables.editions, version, boughtVersion))
      return byVerdict(verdictOf('no', 'upgrade-backwards', names));
    const isDirect = releaseOf(tables.editions, version)?.['upgrades-to'].some((target) => target === boughtVersion);
    return byVerdict(
      isDirect ? verdictOf('yes', 'upgrade-in-place', names) : verdictOf('no', 'upgrade-not-direct', names),
    );
  },
};
