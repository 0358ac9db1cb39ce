import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OutputReading } from '../../../src/reading/output/output.ts';
import { readOutput } from '../../../src/reading/output/read-output.ts';
import { recorded } from './fixtures.ts';

type Expected = Pick<OutputReading, 'kind' | 'language'> & { readonly fields: Partial<OutputReading['fields']> };

const samples: Readonly<Record<string, Expected>> = {
  'evaluation-working': {
    kind: 'slmgr-dli',
    language: 'en',
    fields: {
      name: 'Windows(R), ServerDatacenterEval edition',
      edition: 'ServerDatacenterEval',
      evaluation: true,
      channel: 'TIMEBASED_EVAL',
      partialKey: 'H6F8M',
      licenceStatus: 'licensed',
      graceMinutes: 259199,
    },
  },
  'evaluation-expired': {
    kind: 'slmgr-dli',
    language: 'en',
    fields: { edition: 'ServerDatacenterEval', licenceStatus: 'notification', reason: '0xC004FC07' },
  },
  'kms-client-2012-r2': {
    kind: 'slmgr-dli',
    language: 'en',
    fields: { channel: 'VOLUME_KMSCLIENT', partialKey: 'MDVJX', expirationMinutes: 253564, activationType: 'All' },
  },
  'kms-client-2008-r2': {
    kind: 'slmgr-dli',
    language: 'en',
    fields: {
      name: 'Windows Server(R), ServerStandard edition',
      description: 'Windows Operating System - Windows Server(R), VOLUME_KMSCLIENT channel',
      edition: 'ServerStandard',
      channel: 'VOLUME_KMSCLIENT',
    },
  },
  'kms-host-2008-r2': {
    kind: 'slmgr-dli',
    language: 'en',
    fields: { edition: 'ServerEnterprise', channel: 'VOLUME_KMS_C', kmsCount: 2, kmsPort: 1688 },
  },
  'non-genuine': {
    kind: 'slmgr-dlv',
    language: 'en',
    fields: { edition: 'Enterprise', licenceStatus: 'notification', reason: '0xC004F200', rearmCount: 2 },
  },
  'chinese-kms-client': {
    kind: 'slmgr-dlv',
    language: 'zh',
    fields: {
      build: 17763,
      channel: 'VOLUME_KMSCLIENT',
      productKeyChannel: 'Volume:GVLK',
      partialKey: 'J462D',
      licenceStatus: 'licensed',
      graceMinutes: 259197,
      skuRearmCount: 1001,
    },
  },
  'japanese-mak': {
    kind: 'slmgr-dlv',
    language: 'ja',
    fields: {
      edition: 'Enterprise',
      channel: 'VOLUME_MAK',
      productKeyChannel: 'Volume:MAK',
      licenceStatus: 'licensed',
      rearmCount: 1001,
      trustedTime: '2025/07/14 11:41:07',
    },
  },
  'kms-client-lost': {
    kind: 'slmgr-dlv',
    language: 'en',
    fields: { edition: 'ServerStandard', partialKey: 'J464C', reason: '0xC004F00F', activationType: 'All' },
  },
  'chinese-error': { kind: 'slmgr-ato', language: 'zh', fields: { codes: ['0xC004F069'] } },
  'dlv-kms-client': {
    kind: 'slmgr-dlv',
    language: 'en',
    fields: {
      version: '2019',
      kmsHost: 'kms01.contoso.local',
      kmsHostSource: 'dns',
      kmsPort: 1688,
      cmid: '11111111-2222-3333-4444-666666666666',
    },
  },
  'cim-list': {
    kind: 'cim',
    language: null,
    fields: { reason: '0xC004FC07', licenceStatus: 'notification', evaluationEnd: '2026-07-14T11:41:07Z' },
  },
  'cim-table': {
    kind: 'cim',
    language: null,
    fields: { edition: 'ServerStandard', licenceStatus: 'licensed', partialKey: 'J464C' },
  },
  'cim-json': {
    kind: 'cim',
    language: null,
    fields: {
      version: '2019',
      reason: '0xC004F056',
      kmsHost: 'kms01.contoso.local',
      kmsHostSource: 'registered',
      rearmCount: 1001,
    },
  },
  'dism-targets': {
    kind: 'dism',
    language: 'en',
    fields: {
      edition: 'ServerStandardEval',
      evaluation: true,
      version: '2019',
      targetEditions: ['ServerDatacenter', 'ServerStandard'],
    },
  },
  'dism-error': { kind: 'dism', language: 'en', fields: { codes: ['0x80070490'], build: 20348 } },
  'nslookup-found': {
    kind: 'nslookup',
    language: 'en',
    fields: { kmsHost: 'kms01.contoso.local', kmsPort: 1688, kmsHostSource: 'dns' },
  },
  'nslookup-missing': { kind: 'nslookup', language: 'en', fields: { kmsHostSource: 'none' } },
  office: { kind: 'office', language: 'en', fields: {} },
  oslicense: {
    kind: 'oslicense',
    language: null,
    fields: { edition: 'ServerStandard', licenceStatus: 'licensed', graceMinutes: 259199 },
  },
  'xpr-volume': {
    kind: 'slmgr-xpr',
    language: 'en',
    fields: { licenceStatus: 'licensed', permanent: false, expires: '7/14/2026 11:41:07 AM' },
  },
  'xpr-permanent': { kind: 'slmgr-xpr', language: 'en', fields: { licenceStatus: 'licensed', permanent: true } },
  'ato-success': { kind: 'slmgr-ato', language: 'en', fields: { edition: 'ServerStandard' } },
  'ato-error': { kind: 'slmgr-ato', language: 'en', fields: { codes: ['0xC004F074'] } },
  'ipk-success': { kind: 'slmgr-ipk', language: 'en', fields: { partialKey: 'J464C' } },
};

describe('a recorded output', () => {
  test.each(Object.entries(samples))('%s is recognised and read', (name, expected) => {
    expect(readOutput(recorded(name))).toMatchObject(expected);
  });

  test('without what its paste did not say leaves those fields out', () => {
    const { fields } = readOutput(recorded('evaluation-expired'));
    for (const field of ['partialKey', 'graceMinutes', 'version', 'kmsHost', 'codes'] as const) {
      expect(fields).not.toHaveProperty(field);
    }
  });
});

const breakages: Readonly<Record<string, (text: string) => string>> = {
  quoted: (text) => text.replace(/^/gm, '> '),
  'quoted by Slack': (text) => text.replace(/^/gm, '&gt; '),
  fenced: (text) => `\`\`\`text\n${text}\n\`\`\``,
  'on one line': (text) => text.replace(/\s*\n\s*/g, ' '),
  'with full-width colons and brackets': (text) =>
    text.replaceAll(': ', '：').replaceAll('(', '（').replaceAll(')', '）'),
  'with Windows line ends': (text) => text.replaceAll('\n', '\r\n'),
  'with non-breaking blanks': (text) => text.replaceAll(' ', '\u00a0'),
  'with blanks before colons': (text) => text.replaceAll(': ', ' : '),
  'wrapped inside words': (text) => text.replace(/.{37}/g, '$&\n'),
  'wrapped and quoted': (text) => text.replace(/.{23}/g, '$&\n> '),
  'indented, with words around': (text) => `Hello, this is what I get:\n${text.replace(/^/gm, '    ')}\nWhat now?`,
  'in upper case': (text) => text.toUpperCase(),
};

// Dates and names of hosts are printed as they stand, and a break inside one cannot be told from the end.
const stable = [
  'edition',
  'evaluation',
  'serverCore',
  'version',
  'build',
  'channel',
  'partialKey',
  'licenceStatus',
  'reason',
  'graceMinutes',
  'expirationMinutes',
  'rearmCount',
  'skuRearmCount',
  'kmsHost',
  'kmsHostSource',
  'kmsPort',
  'kmsCount',
  'cmid',
] as const;

describe('a report that chat has broken', () => {
  const reports = Object.keys(samples).filter((name) => samples[name]?.kind.match(/^slmgr-dl/));
  const cases = reports.flatMap((name) => Object.keys(breakages).map((breakage) => [name, breakage] as const));

  test.each(cases)('%s reads the same %s', (name, breakage) => {
    const text = recorded(name);
    const whole = readOutput(text);
    const broken = readOutput(breakages[breakage]?.(text) ?? text);
    const pick = (reading: OutputReading) => stable.map((field) => String(reading.fields[field]).toLowerCase());
    expect(broken.kind).toBe(whole.kind);
    expect(broken.language).toBe(whole.language);
    expect(pick(broken)).toEqual(pick(whole));
  });
});

describe('readOutput', () => {
  test('chooses the Windows product that carries a key', () => {
    const office =
      'Name: Office 16, Office16ProPlusVL_KMS_Client edition\nDescription: Office 16, VOLUME_KMSCLIENT channel\nApplication ID: 0ff1ce15-a989-479d-af46-f275c6370663\nPartial Product Key: WFG99\nLicense Status: Licensed\n';
    const reading = readOutput(`${office}\n${recorded('dlv-kms-client')}`);
    expect(reading.products).toHaveLength(2);
    expect(reading.fields).toMatchObject({ edition: 'ServerStandard', partialKey: 'J464C' });
  });

  test('passes over an add-on', () => {
    const reading = readOutput(recorded('japanese-mak'));
    expect(reading.products).toHaveLength(2);
    expect(reading.fields.edition).toBe('Enterprise');
  });

  test('reads by value where the language of the labels is not known', () => {
    const reading = readOutput(
      'Nom : Windows(R), ServerStandardCor edition\nDescription : Windows(R) Operating System, RETAIL channel\nClé : 6789B\nÉtat : 12960 minute(s) (9 jour(s))',
    );
    expect(reading.fields).toMatchObject({
      edition: 'ServerStandardCor',
      serverCore: true,
      channel: 'RETAIL',
      partialKey: '6789B',
      graceMinutes: 12960,
    });
    expect(reading.fields).not.toHaveProperty('licenceStatus');
  });

  test.each([
    ['Lizenzstatus: Lizenziert', 'de', 'licensed'],
    ['Estado de la licencia: con licencia', 'es', 'licensed'],
    ['ライセンスの状態: 通知', 'ja', 'notification'],
  ])('reads %s', (line, language, licenceStatus) => {
    const reading = readOutput(`Windows(R), ServerStandard edition\n${line}`);
    expect(reading).toMatchObject({ language, fields: { licenceStatus } });
  });

  test.each([0, 1, 2, 3, 4, 5, 6])('reads the WMI number %i as a status', (number) => {
    const statuses = 'unlicensed licensed oob-grace oot-grace non-genuine-grace notification extended-grace'.split(' ');
    const reading = readOutput(`LicenseStatus : ${number}\nPartialProductKey : J464C`);
    expect(reading.fields.licenceStatus).toBe(statuses[number]);
  });

  test('reads a signed decimal reason', () => {
    const reading = readOutput('LicenseStatus : 5\nLicenseStatusReason : -1073415161\nPartialProductKey : J464C');
    expect(reading.fields.reason).toBe('0xC004FC07');
  });

  test('reads a full property list, whatever its order', () => {
    const reading = readOutput(
      'Description : Windows(R) Operating System, VOLUME_KMSCLIENT channel\nDiscoveredKeyManagementServiceMachineName : kms01\nKeyManagementServiceMachine :\nLicenseStatus : 1\nName : Windows(R), ServerStandard edition\nPartialProductKey : J464C',
    );
    expect(reading.products).toHaveLength(1);
    expect(reading.fields).toMatchObject({ edition: 'ServerStandard', kmsHost: 'kms01', kmsHostSource: 'dns' });
  });

  test('reads the products of a JSON array and its dates', () => {
    const reading = readOutput(
      '[{"Name":"Windows(R), ServerStandardEval edition","LicenseStatus":1,"PartialProductKey":"J464C","EvaluationEndDate":"/Date(1760000000000)/"},{"Name":"Office 16, Office16ProPlus edition","LicenseStatus":5,"PartialProductKey":"WFG99"}]',
    );
    expect(reading.products).toHaveLength(2);
    expect(reading.fields).toMatchObject({ licenceStatus: 'licensed', evaluationEnd: '2025-10-09T08:53:20.000Z' });
  });

  test.each([
    [
      'Registered KMS machine name: kms.contoso.local:1688',
      { kmsHost: 'kms.contoso.local', kmsHostSource: 'registered' },
    ],
    ['DNS auto-discovery: KMS name not available', { kmsHostSource: 'none' }],
    ['Evaluation End Date: 7/14/2026 11:59:59 PM', { evaluationEnd: '7/14/2026 11:59:59 PM' }],
  ])('reads the line %s', (line, fields) => {
    expect(readOutput(`${recorded('kms-client-2012-r2')}\n${line}`).fields).toMatchObject(fields);
  });

  test.each([
    ['現在のエディション : ServerStandardEval', { edition: 'ServerStandardEval', evaluation: true }],
    [
      'ターゲット エディション : ServerDatacenter ターゲット エディション : ServerDatacenterCor 操作は正常に完了しました。',
      { targetEditions: ['ServerDatacenter', 'ServerDatacenterCor'] },
    ],
    ['DISM /online /Set-Edition:ServerStandard\nError: 0x800f081e', { codes: ['0x800F081E'] }],
  ])('reads what DISM says in %j', (text, fields) => {
    expect(readOutput(text)).toMatchObject({ kind: 'dism', fields });
  });

  test('keeps the code of an attempt apart from the reason of the state', () => {
    const reading = readOutput(`${recorded('kms-client-lost')}\nError: 0x8007232B`);
    expect(reading.fields).toMatchObject({ reason: '0xC004F00F', codes: ['0x8007232B'] });
  });

  test.each([
    '',
    'Hello',
    'my server says 0xC004F074',
    'How many CALs do I need for Windows Server 2022 Standard?',
    '名前を教えて: 田中',
  ])('does not recognise %j', (text) => {
    expect(readOutput(text)).toMatchObject({ kind: 'unknown', fields: {} });
  });

  test('reads any part of an output, and any shuffle of its lines, without failing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(samples)), fc.nat(), fc.nat(), fc.nat(), (name, from, to, turn) => {
        const text = recorded(name);
        const lines = text.slice(from % text.length, to % text.length).split('\n');
        const shuffled = [...lines.slice(turn % lines.length), ...lines.slice(0, turn % lines.length)];
        expect(readOutput(shuffled.join('\n')).kind).toBeTypeOf('string');
      }),
    );
  });

  test('does not read past its limit', () => {
    const reading = readOutput(`${'x '.repeat(60_000)}\n${recorded('evaluation-working')}`);
    expect(reading.kind).toBe('unknown');
  });
});
