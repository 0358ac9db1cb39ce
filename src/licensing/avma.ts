import { textFact } from './facts.ts';
import { byVerdict, type Facts, type LicensingTables, type Policy } from './policy.ts';
import { releaseOf, versionLabel } from './releases.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** Whether a Hyper-V Datacenter host activates a guest by AVMA: guests of its version or older, from 2012 R2 on. */
export const avmaFits: Policy = {
  needs: ['avma-host-version', 'avma-guest-version'],
  results: ['yes', 'no', 'depends'],
  run: (tables, facts) => byVerdict(activatesGuest(tables, facts)),
};

function activatesGuest({ editions }: LicensingTables, facts: Facts): Verdict {
  const host = releaseOf(editions, textFact(facts, 'avma-host-version'))?.id;
  const guest = releaseOf(editions, textFact(facts, 'avma-guest-version'))?.id;
  if (host === undefined || guest === undefined)
    return verdictOf('depends', 'avma-versions-decide', {}, ['host-and-guest-version']);
  const values = { hostVersion: versionLabel(editions, host), guestVersion: versionLabel(editions, guest) };
  const { hosts } = editions.avma;
  const row = hosts.find((candidate) => candidate.host === host);
  if (row === undefined || !hosts.some(({ guests }) => guests.includes(guest)))
    return verdictOf('no', 'avma-too-old', values, ['other-activation']);
  return row.guests.includes(guest)
    ? verdictOf('yes', row.confidence === 'official' ? 'avma-fits' : 'avma-fits-likely', values, [
        'host-not-datacenter',
      ])
    : verdictOf('no', 'avma-guest-newer', values, ['newer-hyper-v-host', 'other-activation']);
}
