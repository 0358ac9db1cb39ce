import { dayFact, isUnsure, textFact } from './facts.ts';
import type { Facts, LicensingTables } from './policy.ts';
import { generationOf, releaseOf, versionLabel } from './releases.ts';
import { type Verdict, verdictOf } from './verdict.ts';

const afterYes = ['newer-server-reached'];
const afterNo = ['newer-cals', 'older-server', 'hyper-v-host-only'];

/**
 * Whether a CAL covers a server by their versions: the CAL must be of the server's version or newer, R2 releases sharing
 * the CAL of their base version. Software Assurance lifts a CAL to every version released while it was active.
 */
export function calVersion(tables: LicensingTables, facts: Facts, at: string): Verdict {
  const cal = textFact(facts, 'cal-version');
  const server = textFact(facts, 'server-version');
  const [calAt, serverAt] = [generationOf(tables.cals, cal), generationOf(tables.cals, server)];
  if (cal === undefined || server === undefined || calAt === undefined || serverAt === undefined)
    return verdictOf('depends', 'cal-versions-decide', {}, ['both-versions']);
  const values = {
    calVersion: versionLabel(tables.editions, cal),
    serverVersion: versionLabel(tables.editions, server),
  };
  if (calAt > serverAt) return verdictOf('yes', 'cal-version-newer', values, afterYes);
  if (calAt === serverAt) return verdictOf('yes', cal === server ? 'cal-version-same' : 'cal-r2', values, afterYes);
  return olderCal(tables, facts, at, server, values);
}

/** The verdict on a CAL that is too old by itself: what Software Assurance makes of it. */
function olderCal(
  tables: LicensingTables,
  facts: Facts,
  at: string,
  server: string,
  versions: Verdict['values'],
): Verdict {
  const released = releaseOf(tables.editions, generationStart(tables, server))?.start ?? '';
  const values = { ...versions, released };
  if (isUnsure(facts, 'cal-assurance'))
    return verdictOf('depends', 'cal-assurance-decides', values, ['assurance-on-release-day']);
  const assurance = textFact(facts, 'cal-assurance');
  if (assurance === undefined)
    return verdictOf('no', 'cal-version-too-old', values, ['assurance-on-release-day', ...afterNo]);
  if (assurance !== 'yes') return verdictOf('no', 'cal-version-too-old', values, afterNo);
  if (released > at) return verdictOf('depends', 'cal-assurance-not-yet', values, ['assurance-on-release-day']);
  const bought = dayFact(facts, 'cal-bought');
  return bought !== undefined && bought > released
    ? verdictOf('no', 'cal-assurance-too-late', { ...values, bought }, afterNo)
    : verdictOf('yes', 'cal-assurance-raises', values, ['assurance-ended-before']);
}

/** The release a CAL generation began with: there is no new CAL to be entitled to when its R2 release appears. */
function generationStart({ cals }: LicensingTables, server: string): string | undefined {
  return cals.generations[generationOf(cals, server) ?? 0]?.servers[0];
}
