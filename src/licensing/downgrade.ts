import { textFact } from './facts.ts';
import { byVerdict, type Facts, type LicensingTables, type Policy } from './policy.ts';
import { isOlder, releaseOf, versionLabel } from './releases.ts';
import { type Verdict, verdictOf } from './verdict.ts';

const verdicts = { yes: 'yes', terms: 'depends', none: 'no', unknown: 'unknown' } as const;

/** Whether a licence of one version may run an older one, by how it was bought. Software Assurance has no part in it. */
export const downgradeRight: Policy = {
  needs: ['downgrade-channel', 'downgrade-from', 'downgrade-to'],
  results: ['yes', 'no', 'depends', 'unknown'],
  run: (tables, facts) => byVerdict(mayRun(tables, facts)),
};

function mayRun({ editions, cals }: LicensingTables, facts: Facts): Verdict {
  const [from, to] = [textFact(facts, 'downgrade-from'), textFact(facts, 'downgrade-to')];
  const labels = { from: versionLabel(editions, from ?? '?'), to: versionLabel(editions, to ?? '?') };
  if (from !== undefined && from === to) return verdictOf('yes', 'downgrade-same', labels);
  if (from !== undefined && to !== undefined && isOlder(editions, from, to))
    return verdictOf('no', 'downgrade-upwards', labels, ['newer-licence']);
  const channel = cals.downgrade.find((row) => row.channel === textFact(facts, 'downgrade-channel'));
  if (channel === undefined || releaseOf(editions, from) === undefined || releaseOf(editions, to) === undefined)
    return verdictOf('depends', 'downgrade-channel-decides', labels, ['channel-and-versions']);
  return verdictOf(
    verdicts[channel.right],
    channel.rule,
    labels,
    channel.right === 'none' ? ['licence-bought'] : ['older-key-needed', 'older-support-ended'],
  );
}
