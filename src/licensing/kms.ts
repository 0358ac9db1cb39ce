import type { Editions } from '../knowledge/schema/editions.ts';
import { countFact, textFact } from './facts.ts';
import { byVerdict, type Facts, type LicensingTables, type Policy } from './policy.ts';
import { isOlder, releaseOf, versionLabel } from './releases.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** Whether a KMS host that runs on one version can activate servers of another. */
export const kmsActivates: Policy = {
  needs: ['kms-host-version', 'kms-client-version'],
  results: ['yes', 'no', 'depends', 'unknown'],
  run: (tables, facts) => byVerdict(canActivate(tables, facts)),
};

function canActivate({ editions }: LicensingTables, facts: Facts): Verdict {
  const host = releaseOf(editions, textFact(facts, 'kms-host-version'))?.id;
  const client = releaseOf(editions, textFact(facts, 'kms-client-version'))?.id;
  if (host === undefined || client === undefined)
    return verdictOf('depends', 'kms-versions-decide', {}, ['host-and-client-version']);
  const values = { hostVersion: versionLabel(editions, host), clientVersion: versionLabel(editions, client) };
  const { matrix, updates } = editions.kms;
  const unread = verdictOf('unknown', 'kms-not-in-table', values, ['newer-kms-host']);
  if (!isOlder(editions, host, client)) {
    const covered = matrix.some((row) => row['runs-on'].includes(host) && row.activates.includes(client));
    return covered ? verdictOf('yes', 'kms-host-activates', values) : unread;
  }
  const update = updates.find((row) => row.host === host && row.activates.includes(client))?.update;
  if (update !== undefined)
    return verdictOf('depends', 'kms-host-needs-update', { ...values, update }, ['host-key-and-update']);
  const isTabled = matrix.some((row) => row['host-key'] === client);
  return isTabled ? verdictOf('no', 'kms-host-too-old', values, ['newer-kms-host', 'ad-activation']) : unread;
}

/**
 * Whether enough computers ask a KMS host for it to activate any. Servers and clients count together;
 * clients nobody asked about are taken as none.
 */
export const kmsThreshold: Policy = {
  needs: ['kms-server-count'],
  optional: ['kms-client-count'],
  results: ['yes', 'no', 'depends'],
  run: ({ editions }, facts) => byVerdict(reachesThreshold(editions.kms.threshold, facts)),
};

function reachesThreshold({ server, client }: Editions['kms']['threshold'], facts: Facts): Verdict {
  const servers = countFact(facts, 'kms-server-count');
  const clients = facts.has('kms-client-count') ? countFact(facts, 'kms-client-count') : 0;
  const count = (servers ?? 0) + (clients ?? 0);
  const values = { count, serverThreshold: server, clientThreshold: client };
  const changes = ['cloned-machines', 'ad-activation'];
  if (count >= client) return verdictOf('yes', 'kms-threshold-both', values, ['cloned-machines']);
  if (count >= server) return verdictOf(clients === 0 ? 'yes' : 'depends', 'kms-threshold-servers', values, changes);
  if (servers === undefined || clients === undefined)
    return verdictOf('depends', 'kms-threshold-decides', values, ['both-kms-counts']);
  return verdictOf('no', 'kms-threshold-missed', values, changes);
}
