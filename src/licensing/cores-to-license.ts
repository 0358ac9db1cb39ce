import type { Cals } from '../knowledge/schema/cals.ts';
import { type CoreNeed, coreLicences, coreLicencesPerVm, coresOfServer } from './cores.ts';
import { countFact, isUnsure, textFact } from './facts.ts';
import type { Computed, Facts, LicensingTables, Policy } from './policy.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/**
 * How many core licences a server takes. Older releases than 2016 are licensed otherwise, which is said rather than asked.
 * Virtual machines nobody asked about are taken as none, and a host nobody asked about as one that only runs them.
 */
export const coresToLicense: Policy = {
  needs: ['core-processors', 'core-per-processor'],
  optional: ['core-vms', 'core-edition', 'core-host-role'],
  results: ['counted', 'depends'],
  run: count,
};

function count({ cals: { cores } }: LicensingTables, facts: Facts, at: string): Computed {
  const [processors, perProcessor] = [countFact(facts, 'core-processors'), countFact(facts, 'core-per-processor')];
  return processors && perProcessor
    ? countServer(cores, { processors, perProcessor }, facts, at)
    : depends('cores-decide', { serverMinimum: cores['per-server'], processorMinimum: cores['per-processor'] }, [
        'processors-and-cores',
      ]);
}

function countServer(
  cores: Cals['cores'],
  server: Pick<CoreNeed, 'processors' | 'perProcessor'>,
  facts: Facts,
  at: string,
): Computed {
  const vms = countFact(facts, 'core-vms') ?? 0;
  const edition = textFact(facts, 'core-edition');
  const hostHasRole = textFact(facts, 'core-host-role') === 'other-role';
  const standard = { ...server, vms, edition: 'standard' } as const;
  const values = {
    ...server,
    vms,
    cores: coresOfServer(cores, server.processors, server.perProcessor),
    standardCores: coreLicences(cores, { ...standard, hostHasRole }),
    roleCores: coreLicences(cores, { ...standard, hostHasRole: true }),
    vmCores: coreLicencesPerVm(cores, vms, cores['per-vm'].cores),
    vmMinimum: cores['per-vm'].cores,
    serverMinimum: cores['per-server'],
    processorMinimum: cores['per-processor'],
  };
  const others = [...(vms > 0 && at >= cores['per-vm'].from ? ['per-vm-model'] : []), 'older-release'];
  const roleMatters = values.roleCores > values.standardCores;

  if (edition === 'datacenter') return counted('cores-datacenter', values, others);
  if (isUnsure(facts, 'core-vms')) return depends('cores-vms-decide', values, ['number-of-vms']);
  if (edition === undefined && values.standardCores > values.cores)
    return depends('cores-edition-decides', values, others);
  if (roleMatters && isUnsure(facts, 'core-host-role')) return depends('cores-role-decides', values, others);
  return counted('cores-standard', values, [...(roleMatters ? ['host-has-role'] : []), ...others]);
}

function counted(rule: string, values: Verdict['values'], changes: readonly string[]): Computed {
  return { value: 'counted', verdict: verdictOf('yes', rule, values, changes) };
}

function depends(rule: string, values: Verdict['values'], changes: readonly string[]): Computed {
  return { value: 'depends', verdict: verdictOf('depends', rule, values, changes) };
}
