import { describe, expect, test } from 'vitest';
import { see } from '../../../src/reading/question/see.ts';
import { shippedKnowledge } from '../../support/knowledge.ts';

const countsOf = (text: string) => see(shippedKnowledge(), text).counts;

describe('the numbers of a question by their unit', () => {
  test.each([
    ['10 PCs, 25 people in three shifts', { devices: 10, users: 25 }],
    ['PC 10 台、社員 25 人', { devices: 10, users: 25 }],
    ['ＰＣ１０台、社員２５名です', { devices: 10, users: 25 }],
    ['25人が10台の端末を使います', { users: 25, devices: 10 }],
    ['90 shift workers on 30 shared PCs', { users: 90, devices: 30 }],
    ['two admins RDP', { admins: 2 }],
    ['管理者3人で同時に', { admins: 3 }],
    ['16 コアの物理サーバー 2 台で VM 4 台', { cores: 16, servers: 2, vms: 4 }],
    ['two 10-core processors and 6 VMs', { processors: 2, cores: 10, vms: 6 }],
    ['2 CPUs with 12 cores each', { processors: 2, cores: 12 }],
    ['2 x 16 core', { processors: 2, cores: 16 }],
    ['8コアCPU×2、仮想マシン3台', { cores: 8, processors: 2, vms: 3 }],
    ['1,200 users', { users: 1200 }],
    ['PC 30台とスマホ5台を20人で使う', { devices: 35, users: 20 }],
    ['Essentials で 26 人目', { users: 26 }],
    ['30 staff with 2 devices each', { users: 30, devices: 60 }],
    ['40 people, 3 devices per person and 5 kiosks', { users: 40, devices: 125 }],
    ['社員 30 人に PC 2 台ずつ', { users: 30, devices: 60 }],
    ['2 devices each', {}],
  ])('%s', (text, counts) => {
    expect(countsOf(text)).toEqual(counts);
  });

  test('a release is no number, nor is a date, an address or a part of a code', () => {
    for (const text of [
      '2019 servers',
      'Server 2022',
      '2022 standard core licences',
      '2026/11/25',
      '10.0.0.5',
      '0xC004F074',
      'v1.2',
      '12:30',
    ]) {
      expect(countsOf(text)).toEqual({});
    }
  });
});
