import { calAccess } from './cal-access.ts';
import { calExemption } from './cal-exemption.ts';
import { calVersion } from './cal-version.ts';
import { byVerdict, type Policy } from './policy.ts';

/**
 * Whether the CALs somebody owns are enough to use a server.
 * First whether the edition needs any, then who uses it, then the versions: the order in which each makes the next pointless.
 */
export const calCoversServer: Policy = {
  needs: ['cal-version', 'server-version'],
  optional: ['cal-assurance', 'cal-bought', 'cal-access', 'cal-edition', 'cal-users', 'cal-devices'],
  results: ['yes', 'no', 'depends'],
  run: (tables, facts, at) => {
    const version = calVersion(tables, facts, at);
    return byVerdict(calExemption(tables, facts) ?? calAccess(tables, facts, version) ?? version);
  },
};
