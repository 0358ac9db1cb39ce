import { describe, expect, test } from 'vitest';
import { decide } from './tables.ts';

const standard2019 = {
  'installed-edition': 'standard',
  'installed-evaluation': 'no',
  'installed-version': '2019',
  'bought-edition': 'standard',
  'bought-version': '2019',
};

function fits(facts: Readonly<Record<string, string>>) {
  return decide('key-fits-edition', { ...standard2019, ...facts }).verdict;
}

describe('key-fits-edition', () => {
  test.each(['retail', 'mak', 'oem', 'kms'])('a %s key of the same version and edition fits', (channel) => {
    expect(fits({ 'key-channel': channel })).toMatchObject({ verdict: 'yes', rule: 'key-fits' });
  });

  test('an OEM key fits its own hardware only, a client key needs an own KMS host', () => {
    expect(fits({ 'key-channel': 'oem' }).changes).toEqual(['oem-other-hardware']);
    expect(fits({ 'key-channel': 'kms' }).changes).toEqual(['no-own-kms']);
  });

  test('an evaluation takes no full key, whatever the rest is', () => {
    expect(fits({ 'installed-evaluation': 'yes' })).toMatchObject({ verdict: 'no', rule: 'key-evaluation' });
    expect(fits({ 'installed-evaluation': 'yes', 'bought-version': 'unsure' }).rule).toBe('key-evaluation');
  });

  test('a 2022 key never activates 2019', () => {
    expect(fits({ 'bought-version': '2022' })).toMatchObject({
      verdict: 'no',
      rule: 'key-newer-version',
      changes: ['older-key-obtained', 'version-upgraded'],
    });
    expect(fits({ 'bought-version': '2016' }).rule).toBe('key-older-version');
  });

  test('Standard and Datacenter keys do not fit each other, and only upwards is there a way', () => {
    expect(fits({ 'bought-edition': 'datacenter' })).toMatchObject({ verdict: 'no', changes: ['edition-raised'] });
    expect(fits({ 'installed-edition': 'datacenter' })).toMatchObject({
      verdict: 'no',
      changes: ['bought-edition-installed'],
    });
  });

  test('a full key fits Essentials, which the source article denies', () => {
    expect(fits({ 'installed-edition': 'essentials' })).toMatchObject({
      verdict: 'yes',
      rule: 'key-essentials-becomes-full',
    });
    expect(fits({ 'installed-edition': 'essentials', 'bought-edition': 'datacenter' }).verdict).toBe('yes');
  });

  test('an Essentials key of 2022 goes onto Standard media, one of 2019 does not', () => {
    expect(
      fits({ 'bought-edition': 'essentials', 'installed-version': '2022', 'bought-version': '2022' }).verdict,
    ).toBe('depends');
    expect(fits({ 'bought-edition': 'essentials' }).verdict).toBe('no');
  });

  test('an AVMA key depends on the host, an evaluation key does not fit', () => {
    expect(fits({ 'key-channel': 'avma' }).verdict).toBe('depends');
    expect(fits({ 'key-channel': 'evaluation' }).verdict).toBe('no');
  });

  test.each(['installed-edition', 'bought-edition', 'installed-evaluation', 'installed-version', 'bought-version'])(
    'depends while %s is not known',
    (question) => {
      expect(fits({ [question]: 'unsure' }).verdict).toBe('depends');
    },
  );
});

function convert(facts: Readonly<Record<string, string>>) {
  return decide('edition-conversion', { ...standard2019, 'installed-core': 'no', 'domain-controller': 'no', ...facts });
}

describe('edition-conversion', () => {
  const evaluation = { 'installed-evaluation': 'yes' };
  const core = { 'installed-core': 'yes' };

  test.each([
    ['Standard evaluation → Standard', evaluation, 'set-edition', 'convert-evaluation'],
    [
      'Standard evaluation → Datacenter',
      { ...evaluation, 'bought-edition': 'datacenter' },
      'set-edition',
      'convert-evaluation',
    ],
    [
      'Datacenter evaluation → Datacenter',
      { ...evaluation, 'installed-edition': 'datacenter', 'bought-edition': 'datacenter' },
      'set-edition',
      'convert-evaluation',
    ],
    [
      'Datacenter evaluation → Standard',
      { ...evaluation, 'installed-edition': 'datacenter' },
      'reinstall',
      'convert-down',
    ],
    [
      'Standard evaluation on Server Core → Standard',
      { ...evaluation, ...core },
      'reinstall',
      'convert-core-evaluation',
    ],
    [
      'Standard evaluation on Server Core → Datacenter',
      { ...evaluation, ...core, 'bought-edition': 'datacenter' },
      'set-edition',
      'convert-evaluation',
    ],
    ['Standard → Datacenter', { 'bought-edition': 'datacenter' }, 'set-edition', 'convert-up'],
    ['Datacenter → Standard', { 'installed-edition': 'datacenter' }, 'reinstall', 'convert-down'],
    ['Standard → Essentials', { 'bought-edition': 'essentials' }, 'reinstall', 'convert-down'],
    [
      'Azure Edition → Datacenter',
      { 'installed-edition': 'azure', 'bought-edition': 'datacenter' },
      'reinstall',
      'convert-azure',
    ],
    ['Essentials → Standard', { 'installed-edition': 'essentials' }, 'change-key', 'convert-essentials'],
    ['Standard → Standard', {}, 'nothing', 'convert-nothing'],
    [
      'Essentials evaluation → Standard',
      { ...evaluation, 'installed-edition': 'essentials' },
      'unknown',
      'convert-check-targets',
    ],
  ])('%s: %s', (_name, facts, value, rule) => {
    const computed = convert(facts);
    expect([computed.value, computed.verdict.rule]).toEqual([value, rule]);
  });

  test('names the command for the edition that was bought, on Server Core by its name there', () => {
    expect(convert({ ...evaluation, 'bought-edition': 'datacenter' }).verdict.values.command).toBe(
      'DISM /online /Set-Edition:ServerDatacenter /ProductKey:<key> /AcceptEula',
    );
    expect(convert({ ...evaluation, ...core, 'bought-edition': 'datacenter' }).verdict.values.command).toContain(
      'ServerDatacenterCor',
    );
  });

  test('moves the roles of a domain controller before an evaluation is converted', () => {
    expect(convert({ ...evaluation, 'domain-controller': 'yes' }).value).toBe('move-dc-first');
    expect(convert({ 'bought-edition': 'datacenter', 'domain-controller': 'yes' }).value).toBe('set-edition');
  });

  test('depends on Server Core only where it decides', () => {
    expect(convert({ ...evaluation, 'installed-core': 'unsure' }).verdict).toMatchObject({
      verdict: 'depends',
      rule: 'convert-core-decides',
    });
    expect(convert({ 'bought-edition': 'datacenter', 'installed-core': 'unsure' }).verdict).toMatchObject({
      verdict: 'yes',
      values: { command: 'DISM /online /Set-Edition:ServerDatacenter /ProductKey:<key> /AcceptEula' },
      changes: ['server-core-name'],
    });
  });

  test('puts the version before the edition: one upgrade, several, or the version that was bought', () => {
    expect(convert({ 'bought-version': '2025' }).verdict).toMatchObject({ verdict: 'depends', rule: 'upgrade-direct' });
    expect(convert({ 'installed-version': '2012', 'bought-version': '2022' }).verdict.rule).toBe('upgrade-in-steps');
    expect(convert({ 'bought-version': '2016' }).verdict.rule).toBe('convert-older-bought');
    expect(convert({ ...evaluation, 'bought-version': '2022' }).verdict.rule).toBe('convert-newer-bought');
    expect(convert({ 'bought-version': '2025' }).value).toBe('other-version');
  });

  test('depends while it is not known what is installed or bought', () => {
    expect(convert({ 'installed-evaluation': 'unsure' })).toMatchObject({
      value: 'unknown',
      verdict: { verdict: 'depends' },
    });
    expect(convert({ 'bought-edition': 'unsure' }).value).toBe('unknown');
  });
});
