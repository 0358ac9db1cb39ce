import type { Cals } from '../knowledge/schema/cals.ts';

type Cores = Cals['cores'];

/** A server to license: its processors are taken to be alike. */
export interface CoreNeed {
  readonly processors: number;
  readonly perProcessor: number;
  readonly vms: number;
  readonly edition: 'standard' | 'datacenter';
  /** Whether the physical instance does more than run and manage the virtual machines. */
  readonly hostHasRole: boolean;
}

/** The core licences that license a server once: every physical core, with the minimum of each processor and of the server. */
export function coresOfServer(cores: Cores, processors: number, perProcessor: number): number {
  return Math.max(cores['per-server'], processors * Math.max(cores['per-processor'], perProcessor));
}

/** How often a server must be licensed over. Standard gives two environments each time, Datacenter any number at once. */
export function licensingsOf(
  cores: Cores,
  { vms, edition, hostHasRole }: Omit<CoreNeed, 'processors' | 'perProcessor'>,
): number {
  if (edition === 'datacenter') return 1;
  const environments = vms + (hostHasRole ? 1 : 0);
  return Math.max(1, Math.ceil(environments / cores['vms-per-licensing']));
}

export function coreLicences(cores: Cores, need: CoreNeed): number {
  return coresOfServer(cores, need.processors, need.perProcessor) * licensingsOf(cores, need);
}

/** The core licences of the model that licenses virtual machines one by one, each with so many virtual cores. */
export function coreLicencesPerVm({ 'per-vm': model }: Cores, vms: number, virtualCores: number): number {
  return Math.max(model['cores-per-customer'], vms * Math.max(model.cores, virtualCores));
}
