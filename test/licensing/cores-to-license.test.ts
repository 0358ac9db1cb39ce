import { describe, expect, test } from 'vitest';
import { coreLicencesPerVm } from '../../src/licensing/cores.ts';
import { decide, tables } from './tables.ts';

const server = (processors: number, perProcessor: number) => ({
  'core-processors': processors,
  'core-per-processor': perProcessor,
});
const twoByTen = { ...server(2, 10), 'core-edition': 'standard', 'core-host-role': 'only-vms' };

function licences(facts: Readonly<Record<string, string | number>>): string | number | undefined {
  return decide('cores-to-license', { 'core-edition': 'standard', 'core-vms': 0, ...facts }).verdict.values
    .standardCores;
}

describe('cores-to-license', () => {
  test.each([
    ['1 processor with 4 cores', server(1, 4), 16],
    ['1 processor with 24 cores', server(1, 24), 24],
    ['2 processors with 8 cores', server(2, 8), 16],
    ['2 processors with 6 cores', server(2, 6), 16],
    ['4 processors with 4 cores', server(4, 4), 32],
    ['2 × 10 cores, 2 VMs', { ...twoByTen, 'core-vms': 2 }, 20],
    ['2 × 10 cores, 3 VMs', { ...twoByTen, 'core-vms': 3 }, 40],
    ['2 × 10 cores, 6 VMs', { ...twoByTen, 'core-vms': 6 }, 60],
    [
      '2 × 10 cores, 2 VMs and a file server on the host',
      { ...twoByTen, 'core-vms': 2, 'core-host-role': 'other-role' },
      40,
    ],
    [
      '2 × 10 cores, 1 VM and a file server on the host',
      { ...twoByTen, 'core-vms': 1, 'core-host-role': 'other-role' },
      20,
    ],
  ])('Standard on %s: %#', (_name, facts, expected) => {
    expect(licences(facts)).toBe(expected);
  });

  test('Datacenter licenses the server once, whatever runs on it', () => {
    const { verdict } = decide('cores-to-license', { ...twoByTen, 'core-edition': 'datacenter', 'core-vms': 40 });
    expect(verdict).toMatchObject({ verdict: 'yes', rule: 'cores-datacenter', values: { cores: 20 } });
  });

  test('gives both editions when it is not known which, and the number of VMs makes a difference', () => {
    expect(decide('cores-to-license', { ...server(2, 10), 'core-vms': 6 }).verdict).toMatchObject({
      verdict: 'depends',
      rule: 'cores-edition-decides',
      values: { standardCores: 60, cores: 20 },
    });
    expect(decide('cores-to-license', { ...server(2, 10), 'core-vms': 2 }).value).toBe('counted');
  });

  test('depends on the role of the host only where one environment more takes another licensing', () => {
    const unsure = { ...server(2, 10), 'core-edition': 'standard', 'core-host-role': 'unsure' };
    expect(decide('cores-to-license', { ...unsure, 'core-vms': 2 }).verdict).toMatchObject({
      rule: 'cores-role-decides',
      values: { standardCores: 20, roleCores: 40 },
    });
    expect(decide('cores-to-license', { ...unsure, 'core-vms': 3 }).value).toBe('counted');
  });

  test('depends while the processors or the VMs are not known', () => {
    expect(decide('cores-to-license', { 'core-processors': 2 }).value).toBe('depends');
    expect(decide('cores-to-license', { ...twoByTen, 'core-vms': 'unsure' }).verdict).toMatchObject({
      rule: 'cores-vms-decide',
      values: { cores: 20 },
    });
  });

  test('mentions licensing by virtual machine from October 2022 on', () => {
    const facts = { ...twoByTen, 'core-vms': 3 };
    expect(decide('cores-to-license', facts, '2022-10-01').verdict.changes).toContain('per-vm-model');
    expect(decide('cores-to-license', facts, '2022-09-30').verdict.changes).not.toContain('per-vm-model');
  });
});

describe('licensing by virtual machine', () => {
  test('takes 8 cores a machine and 16 a customer at least', () => {
    const { cores } = tables.cals;
    expect(coreLicencesPerVm(cores, 1, 4)).toBe(16);
    expect(coreLicencesPerVm(cores, 4, 4)).toBe(32);
    expect(coreLicencesPerVm(cores, 2, 12)).toBe(24);
  });
});
