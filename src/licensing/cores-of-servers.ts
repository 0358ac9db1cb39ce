import { coreLicences, coresOfServer } from './cores.ts';
import { coresToLicense } from './cores-to-license.ts';
import { countFact } from './facts.ts';
import type { Policy } from './policy.ts';
import { verdictOf } from './verdict.ts';

/**
 * How many core licences some servers alike take together, with their virtual machines spread evenly or all on one of them:
 * licences follow the server, so live migration decides. One server is counted as ever.
 */
export const coresOfServers: Policy = {
  needs: coresToLicense.needs,
  optional: [...(coresToLicense.optional ?? []), 'core-servers'],
  results: coresToLicense.results,
  run: (tables, facts, at) => {
    const { cores } = tables.cals;
    const servers = countFact(facts, 'core-servers') ?? 1;
    const [processors, perProcessor] = [countFact(facts, 'core-processors'), countFact(facts, 'core-per-processor')];
    if (servers < 2 || !processors || !perProcessor) return coresToLicense.run(tables, facts, at);
    const vms = countFact(facts, 'core-vms') ?? 0;
    const perServer = coresOfServer(cores, processors, perProcessor);
    const standard = (count: number) =>
      servers * coreLicences(cores, { processors, perProcessor, vms: count, edition: 'standard', hostHasRole: false });
    const values = { servers, vms, perServer, datacenter: servers * perServer, serverMinimum: cores['per-server'] };
    if (vms === 0) return { value: 'counted', verdict: verdictOf('yes', 'cores-servers', values) };
    const evenVms = Math.ceil(vms / servers);
    return {
      value: 'depends',
      verdict: verdictOf('depends', 'cores-several-servers', {
        ...values,
        evenVms,
        even: standard(evenVms),
        highest: standard(vms),
      }),
    };
  },
};
