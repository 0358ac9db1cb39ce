import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact } from '../../src/reading/redact.ts';
import { recorded } from './output/fixtures.ts';

const alphabet = [...'BCDFGHJKMNPQRTVWXY2346789'];
const key = 'N69G4-B89J2-4G8F4-WWYCC-J464C';
const packed = key.replaceAll('-', '');
const digits = '123456789012345678901234567890123456789012345678901234567890123';

const wide = (text: string) => text.replace(/[!-~]/g, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0));
const groups = (text: string, size: number) => text.match(new RegExp(`.{1,${size}}`, 'g')) ?? [];
const grouped = (text: string, size: number, separator: string) => groups(text, size).join(separator);

/** Every way a key is written: each takes 25 characters. */
const shapes: Readonly<Record<string, (characters: string) => string>> = {
  'with hyphens': (each) => grouped(each, 5, '-'),
  'in lower case': (each) => grouped(each, 5, '-').toLowerCase(),
  'with blanks': (each) => grouped(each, 5, ' '),
  'with ideographic blanks': (each) => grouped(each, 5, '\u3000'),
  'with a long vowel mark': (each) => grouped(each, 5, 'ー'),
  'with dashes': (each) => grouped(each, 5, ' – '),
  'with slashes': (each) => grouped(each, 5, '/'),
  'with commas': (each) => grouped(each, 5, ', '),
  'a group a line': (each) => grouped(each, 5, '\n'),
  'without separators': (each) => each,
  'spaced out': (each) => [...each].join(' '),
  'spaced out in groups': (each) =>
    groups(each, 5)
      .map((group) => [...group].join(' '))
      .join(' - '),
  'in full width': (each) => wide(grouped(each, 5, '-')),
  'with zero-width blanks': (each) => [...grouped(each, 5, '-')].join('\u200b'),
  'wrapped after a group': (each) => grouped(each, 5, '-').replace(/^.{12}/, '$&\n'),
  'wrapped inside a group and quoted': (each) => `> ${grouped(each, 5, '-').replace(/^.{14}/, '$&\n> ')}`,
  'wrapped without separators': (each) => each.replace(/^.{13}/, '$&\r\n'),
  'between back quotes': (each) => `\`${grouped(each, 5, '-')}\``,
  'between quotes': (each) => `"${grouped(each, 5, '-')}"`,
  'in an answer file': (each) => `<ProductKey>${grouped(each, 5, '-')}</ProductKey>`,
  'behind /ipk': (each) => `slmgr /ipk ${grouped(each, 5, '-')}`,
  'behind /ProductKey': (each) =>
    `DISM /online /Set-Edition:ServerStandard /ProductKey:${grouped(each, 5, '-')} /AcceptEula`,
  'between Japanese words': (each) => `キーは${grouped(each, 5, '-')}です`,
  'glued to words': (each) => `key${grouped(each, 5, '-')}please`,
  'with O for another character': (each) => grouped(`${each.slice(0, 7)}O${each.slice(8)}`, 5, '-'),
  'with a character too few': (each) => grouped(each, 5, '-').replace(/^(.{13})./, '$1'),
  'with a character too many': (each) => grouped(each, 5, '-').replace(/^.{13}/, '$&W'),
};

const anyKey = fc
  .array(fc.constantFrom(...alphabet), { minLength: 25, maxLength: 25 })
  .map((characters) => characters.join(''))
  .filter((text) => /[2-9]/.test(text) && text.replace(/\d/g, '').length >= 8);

describe('a product key', () => {
  test.each(Object.entries(shapes))('%s is masked, whatever its characters', (_, write) => {
    fc.assert(
      fc.property(anyKey, (characters) => {
        const { text, found } = redact(`Before. ${write(characters)} After.`);
        expect(text).toMatch(/^Before\. .*\[KEY …[0-9A-Z]{5}\].* After\.$/s);
        expect(found.productKey).toBe(1);
        expect(text.toUpperCase()).not.toContain(characters.slice(0, 5));
      }),
      { numRuns: 40 },
    );
  });

  test('keeps its last five characters', () => {
    expect(redact(`It is ${wide(key.toLowerCase())}.`).text).toBe('It is [KEY …J464C].');
  });

  test('is masked beside another', () => {
    const { text, found } = redact(`${key}\n${key}, KEY22 ${packed}`);
    expect(text).toBe('[KEY …J464C]\n[KEY …J464C], KEY22 [KEY …J464C]');
    expect(found.productKey).toBe(3);
  });

  test('is masked behind a command even if no real key has its letters', () => {
    expect(redact('slmgr /ipk A1B2C-D3E4F-G5H6I-J7K8L-M9A1E').text).toBe('slmgr /ipk [KEY …M9A1E]');
  });

  test.each([
    ['N69G4-B89J2-4G8F4', '[KEY …4G8F4]'],
    ['XXXXX-XXXXX-4G8F4-WWYCC-J464C', 'XXXXX-XXXXX-[KEY …J464C]'],
  ])('cut to three or more groups, %s is masked', (text, masked) => {
    expect(redact(text)).toMatchObject({ text: masked, found: { partialKey: 1, productKey: 0 } });
  });

  test('in the registry is masked', () => {
    const hex = '"DigitalProductId"=hex:a4,00,00,00,03,00,00,00,30,30,33,37,\\\n  36,2d,30,30';
    expect(redact(hex).text).toBe('"DigitalProductId"=hex:[KEY]');
  });
});

describe('an installation ID', () => {
  test.each([
    ['63 digits', digits],
    ['nine groups of seven', grouped(digits, 7, '-')],
    ['groups with blanks', grouped(digits, 7, ' ')],
    ['a group a line', grouped(digits, 7, '\n')],
    ['groups of six', grouped(digits, 6, ' ')],
    ['full width', wide(digits)],
    ['wrapped', `${digits.slice(0, 50)}\n${digits.slice(50)}`],
    ['single digits', [...digits].join(' ')],
  ])('as %s is masked', (_, written) => {
    expect(redact(written)).toMatchObject({ text: '[INSTALLATION-ID …890123]', found: { installationId: 1 } });
  });

  test('of 54 digits is masked', () => {
    expect(redact(grouped(digits.slice(0, 54), 6, '-')).found.installationId).toBe(1);
  });

  test.each([': ', ' ', ''])('labelled A to I with %j is masked', (separator) => {
    const written = groups(digits, 7).map((group, index) => `${'ABCDEFGHI'[index]}${separator}${group}`);
    expect(redact(written.join(' ')).found.installationId).toBe(1);
  });

  test.each(['Installation ID', 'インストール ID', '安装 ID'])(
    'in the line %s is masked though a digit is missing',
    (label) => {
      const { text, found } = redact(`${label}: ${digits.slice(0, 40)}\n    ${digits.slice(40, 62)}\nNext: 1`);
      expect(text).toBe(`${label}: [INSTALLATION-ID …789012]\nNext: 1`);
      expect(found.installationId).toBe(1);
    },
  );
});

describe('a confirmation ID', () => {
  test.each([digits.slice(0, 48), grouped(digits.slice(0, 48), 6, '-'), `slmgr /atp ${digits.slice(0, 47)}`])(
    'is masked in %s',
    (written) => {
      const { text, found } = redact(written);
      expect(text).toMatch(/\[CONFIRMATION-ID\]$/);
      expect(found.confirmationId).toBe(1);
    },
  );
});

describe('an RDS licence server ID', () => {
  test.each(['-', '', ' '])('with %j between its groups is masked', (separator) => {
    const id = grouped('J7F8DKX2B49QW3RTYPMCGHJ8KBCDF23456M', 5, separator);
    expect(redact(id)).toMatchObject({
      text: '[LICENCE-SERVER-ID …3456M]',
      found: { licenceServerId: 1, productKey: 0 },
    });
  });
});

describe('a password', () => {
  test.each([
    ['slmgr srv01 CONTOSO\\admin P@ssw0rd! /dlv', 'slmgr srv01 CONTOSO\\admin [PASSWORD] /dlv'],
    ['cscript slmgr.vbs srv01 admin "a b c" -ato', 'cscript slmgr.vbs srv01 admin [PASSWORD] -ato'],
    ['psexec \\\\srv /u admin /p hunter2 cmd', 'psexec \\\\srv /u admin /p [PASSWORD] cmd'],
    ['winrs -r:srv -u:admin -p:hunter2 dir', 'winrs -r:srv -u:admin -p:[PASSWORD] dir'],
    ['wmic /node:srv /user:admin /password:hunter2 os', 'wmic /node:srv /user:admin /password:[PASSWORD] os'],
    ['net use \\\\srv\\ipc$ S3cret /user:contoso\\admin', 'net use \\\\srv\\ipc$ [PASSWORD] /user:contoso\\admin'],
    ['net use z: \\\\srv\\c$ /user:admin "S3 cret"', 'net use z: \\\\srv\\c$ /user:admin [PASSWORD]'],
    ['net user admin Pass1 /add', 'net user admin [PASSWORD] /add'],
    ['New-Thing -Password hunter2 -Force', 'New-Thing -Password [PASSWORD] -Force'],
    ['ConvertTo-SecureString "abc123" -AsPlainText', 'ConvertTo-SecureString [PASSWORD] -AsPlainText'],
    ['Server=x;User Id=sa;Password=abc123;Database=y', 'Server=x;User Id=sa;Password=[PASSWORD];Database=y'],
    ['postgres://user:pw123@db/x', 'postgres://user:[PASSWORD]@db/x'],
    ['パスワードは hunter2 です', 'パスワードは [PASSWORD] です'],
  ])('in %s is masked', (written, masked) => {
    expect(redact(written)).toMatchObject({ text: masked, found: { password: 1 } });
  });
});

describe('a token', () => {
  test.each([
    'xoxb-123456789012-1234567890123-AbCdEfGhIjKl',
    'xapp-1-A012-345-abcdef0123',
    'MTAxMjM0NTY3ODkwMTIzNDU2.GabcdE.abcdefghijklmnopqrstuvwxyz01234',
    'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc123',
    'ghp_abcdefghijklmnopqrstuvwxyz0123456789',
    '-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----',
  ])('such as %s is masked', (token) => {
    expect(redact(`It is ${token} here`)).toMatchObject({ text: 'It is [TOKEN] here', found: { token: 1 } });
  });

  test('behind Bearer or a name is masked', () => {
    expect(redact('Authorization: Bearer abc.def0123456789xyz').text).toBe('Authorization: Bearer [TOKEN]');
    expect(redact('api_key = "abcdef0123456789"').text).toBe('api_key = "[TOKEN]"');
  });
});

describe('redaction leaves alone', () => {
  test.each([
    '55c92734-d682-4d71-983e-d6ec3f16059f',
    '03612-03291-000-000000-03-1041-19045.0000-1952025',
    '00430-00000-00000-AA339',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    '+81 3-1234-5678, 090-1234-5678, 03-1234-5679, 03-1234-5680, 03-1234-5681',
    'Agreement V1234567, enrolment 7654321, order 1234567',
    '0xC004F074 0x8007232B 0xC004FC07 -1073415161',
    'slmgr /ipk XXXXX-XXXXX-XXXXX-XXXXX-XXXXX',
    'slmgr /ipk <key>',
    'DISM /online /Set-Edition:ServerDatacenter /ProductKey:XXXXX-XXXXX-XXXXX-XXXXX-XXXXX /AcceptEula',
    'slmgr.vbs <computer> <user> <password> /dlv',
    'cscript //nologo %windir%\\System32\\slmgr.vbs /dlv',
    'Run slmgr on the server /dlv',
    'net stop sppsvc && net start sppsvc',
    'nslookup -type=srv _vlmcs._tcp',
    'these-words-could-never-match',
    'BCDFGHJKMNPQRTVWXY2346789',
    'Partial Product Key: J464C',
    'MDVJX, R7VHC, PYWKV, HVTHH',
    'C0:04:F0:74:12:34',
    '10.0.17763.1039',
    'I forgot my password, is it possible to reset it?',
    'パスワード: 忘れました',
  ])('%s', (text) => {
    expect(redact(text).text).toBe(text);
  });

  test('GUIDs, hashes and codes of any value', () => {
    const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
    const code = hex(8).map((each) => `0x${each.toUpperCase()}`);
    // One in some thousands has only the characters of a key: that may be one with a character too many, and is masked.
    const ulid = fc.ulid().filter((each) => /[^BCDFGHJKMNPQRTVWXY2346789]/.test(each));
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.uuid(), hex(64), hex(40), code, ulid), { maxLength: 6 }), (words) => {
        const text = words.join('\n');
        expect(redact(text).text).toBe(text);
      }),
    );
  });

  test.each(['dlv-kms-client', 'japanese-mak', 'cim-json', 'dism-targets', 'nslookup-found', 'office'])(
    'the output %s',
    (name) => {
      expect(redact(recorded(name)).text).toBe(recorded(name));
    },
  );
});

describe('redaction', () => {
  test('changes nothing when done again', () => {
    const piece = fc.oneof(
      anyKey.map((each) => grouped(each, 5, '-')),
      anyKey.map((each) => each.slice(0, 15)),
      fc.constantFrom(
        '[KEY …6789B]',
        '/ipk ',
        'Password=',
        ' ',
        '-',
        '\n',
        digits,
        digits.slice(0, 30),
        'パスワードは ',
      ),
      fc.stringMatching(/^[0-9A-Za-z -]{0,12}$/),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const once = redact(pieces.join('')).text;
        expect(redact(once).text).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  test('has no limit of length', () => {
    expect(redact(`${'x '.repeat(200_000)}${key}`).text).toMatch(/\[KEY …J464C\]$/);
  });
});
