import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCodes } from '../../src/reading/codes.ts';
import { readNearMisses } from '../../src/reading/near-misses.ts';
import { known } from './known.ts';

const codesOf = (text: string) => readCodes(text, known).map((reading) => reading.code);
const wide = (text: string) => text.replace(/[!-~]/g, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0));

describe('a code', () => {
  test.each([
    ['0xC004FC07', '0xC004FC07', 'exact'],
    ['c004fc07', '0xC004FC07', 'exact'],
    ['０ｘＣ００４ＦＣ０７', '0xC004FC07', 'exact'],
    ['0×80070005', '0x80070005', 'exact'],
    ['80070005', '0x80070005', 'exact'],
    ['-1073415161', '0xC004FC07', 'exact'],
    ['-1,073,415,161', '0xC004FC07', 'exact'],
    ['3221552135', '0xC004FC07', 'exact'],
    ['エラー-1073415161', '0xC004FC07', 'exact'],
    ['エラー3221552135', '0xC004FC07', 'exact'],
    ['0xC004FC07が出る', '0xC004FC07', 'exact'],
    ['エラー0xc004f074です', '0xC004F074', 'exact'],
    ['エラーコード：Ｃ００４Ｆ０７４', '0xC004F074', 'exact'],
    ['error0xC004F074x', '0xC004F074', 'exact'],
    ['0xC004F074error', '0xC004F074', 'exact'],
    ['two 0xC004F074s', '0xC004F074', 'exact'],
    ['**0xC004F074**', '0xC004F074', 'exact'],
    ['0xCOO4FO74', '0xC004F074', 'corrected'],
    ['0хС004F074', '0xC004F074', 'exact'],
    ['0xC004-F074', '0xC004F074', 'corrected'],
    ['0xC004\nF074', '0xC004F074', 'corrected'],
    ['0x C0 04 F0 74', '0xC004F074', 'corrected'],
    ['0xC004F999', '0xC004F999', 'exact'],
    ['F074', '0xC004F074', 'suffix'],
    ['FC07が出ます', '0xC004FC07', 'suffix'],
    ['004F074', '0xC004F074', 'suffix'],
    ['DISM Error: 1168', '0x80070490', 'context'],
    ['DISM Error: 87 The parameter is incorrect.', '0x80070057', 'context'],
    ['DISM を実行\nエラー: 1168', '0x80070490', 'context'],
    ['error 12007', '0x80072EE7', 'context'],
    ['slui.exe 0x2a 0xC004F069', '0xC004F069', 'exact'],
  ])('is read in %j', (text, code, certainty) => {
    expect(readCodes(text, known)).toMatchObject([{ code, certainty }]);
  });

  test('carries what was written and where', () => {
    expect(readCodes('エラー０ｘＣ００４Ｆ０７４です', known)).toEqual([
      { code: '0xC004F074', raw: '０ｘＣ００４Ｆ０７４', at: 3, certainty: 'exact', role: 'error' },
    ]);
  });

  test('is read once, however often and in whatever forms it stands there', () => {
    expect(codesOf('F074, 0xC004F074, c004f074, -1073418124')).toEqual(['0xC004F074']);
  });

  test('is a reason behind the words that say so, and an error elsewhere', () => {
    const text = 'Notification Reason: 0xC004F009 (grace time expired).\nError: 0x8007232B';
    expect(readCodes(text, known)).toMatchObject([
      { code: '0xC004F009', role: 'reason' },
      { code: '0x8007232B', role: 'error' },
    ]);
  });

  test.each([
    '通知の理由: 0xC004FC07',
    'LicenseStatusReason : 3221552135',
    '"Reason":  "0xC004FC07"',
    'xyz: 0xC004FC07 (non-genuine).',
  ])('is a reason in %j', (text) => {
    expect(readCodes(text, known)).toMatchObject([{ code: '0xC004FC07', role: 'reason' }]);
  });

  test('survives any mix of case, width, separators and noise', () => {
    const noise = fc.constantFrom('', ' ', '「', '**', '_', 'エラー', '\u200b', '。', '(', ' error ', '\n> ');
    const form = fc.constantFrom<(code: string) => string>(
      (code) => code,
      (code) => code.toLowerCase(),
      (code) => code.toUpperCase(),
      wide,
      (code) => code.slice(2),
      (code) => code.replaceAll('0', 'O'),
      (code) => [...code].join('\u200b'),
      (code) => `${code.slice(0, 6)}-${code.slice(6)}`,
      (code) => `${code.slice(0, 6)}\n${code.slice(6)}`,
      (code) => [...code.slice(2)].join(' ').replace(/^/, '0x '),
      (code) => String(Number(code)),
      (code) => String(Number(code) - 0x1_0000_0000),
    );
    const written = [...known].filter((code) => !code.startsWith('0x4'));
    fc.assert(
      fc.property(fc.constantFrom(...written), form, noise, noise, (code, disguise, before, after) => {
        expect(codesOf(`${before}${disguise(code)}${after}`)).toEqual([code]);
      }),
    );
  });
});

describe('a number that is not a code', () => {
  test.each([
    'event id 1074',
    'イベント ID 12288',
    'Event ID: 8198',
    'error 8198',
    'KB5034770',
    '00430-00000-00000-AA339',
    '03612-03291-000-000000-03-1041-19045.0000-1952025',
    'Windows Server 2019 / 2022',
    '55c92734-d682-4d71-983e-d6ec3f16059f',
    'c004f074-1234-4d71-983e-d6ec3f16059f',
    '+81-90-1234-5678',
    '03-1234-5678',
    '2024-07-14T11:41:07',
    '10.0.17763.1039',
    '192.168.80.7',
    'C0:04:F0:74:12:34',
    'c004.f074.1234',
    'error 5 servers',
    `DISM /online /Get-CurrentEdition${' and so on'.repeat(60)}, and then error 41`,
    'port 1688',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    'face beef cafe dead',
    'エラー 2019',
    '0x2a',
    '0x00000000',
    'C:\\F074\\B100',
    '24H2',
  ])('%s', (text) => {
    expect(codesOf(text)).toEqual([]);
  });

  test('no text without a code-shaped group holds a code', () => {
    const word = fc.stringMatching(/^[g-zG-Zあ-んア-ン]{1,12}$/);
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.nat({ max: 9999 }).map(String))), (words) => {
        expect(codesOf(words.join(', '))).toEqual([]);
      }),
    );
  });

  test('no code is read past the limit', () => {
    expect(codesOf(`${'x '.repeat(60_000)}0xC004F074`)).toEqual([]);
  });
});

describe('a near miss', () => {
  test.each([
    ['0xC004FC7', ['0xC004FC07']],
    ['0xC004F0744', ['0xC004F074']],
    ['C004F07', ['0xC004F074', '0xC004FC07']],
    ['0xC004', []],
  ])('%s proposes %j', (text, proposals) => {
    expect(readNearMisses(text, known).flatMap((miss) => miss.proposals)).toEqual(proposals);
  });

  test('is not read as a code', () => {
    expect(codesOf('0xC004F0744 and 0xC004F07')).toEqual([]);
  });

  test.each(['0xC004F074', '2019', '55c92734-d682-4d71-983e-d6ec3f16059f', 'KB5034770'])('is not %s', (text) => {
    expect(readNearMisses(text, known)).toEqual([]);
  });
});
