import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { foldQuestion } from '../../../src/reading/question/fold.ts';
import { readQuestion } from '../../../src/reading/question/read-question.ts';
import { see } from '../../../src/reading/question/see.ts';
import { shippedKnowledge } from '../../support/knowledge.ts';

const knowledge = shippedKnowledge();

function read(text: string) {
  const question = readQuestion(knowledge, see(knowledge, text));
  return question === undefined ? undefined : { topic: question.topic.id, ...Object.fromEntries(question.facts) };
}

describe('which version belongs to what', () => {
  test.each([
    ['can 2022 CALs be used with 2019?', '2022', '2019'],
    ['2019 の CAL で 2022 サーバーに接続できますか', '2019', '2022'],
    ['２０１９ＣＡＬで２０２２サーバに接続可能？', '2019', '2022'],
    ['Does our 2022 file server need newer CALs? We own CALs for 2016.', '2016', '2022'],
    ['Windows Server 2022 の CAL は Windows Server 2019 で使えますか', '2022', '2019'],
    ['2019 std に 2022 の CAL は使える？', '2022', '2019'],
    ['Do 2012 CALs work for 2012 R2?', '2012', '2012r2'],
    ['2022 を1台追加した。2019 の CAL で足りますか', '2019', '2022'],
    ['CAL2019でサーバー2022', '2019', '2022'],
    ['We have 2019 and 2022 servers with 2019 CALs', '2019', '2022'],
    ['We upgrade our servers from 2016 to 2022. Do we need new CALs?', '2016', '2022'],
    ['2019のCALは2016と2022のサーバーの両方で使える？', '2019', '2022'],
  ])('%s', (text, cal, server) => {
    expect(read(text)).toMatchObject({ topic: 'cal-covers', 'cal-version': cal, 'server-version': server });
  });

  test.each([
    [
      'Do RDS CALs 2019 work on a 2022 session host?',
      { topic: 'rds-host', 'rds-cal-version': '2019', 'rds-host-version': '2022' },
    ],
    [
      '2016のライセンスサーバーに2019のRDS CALは入りますか',
      { topic: 'rds-server', 'rds-cal-version': '2019', 'rds-server-version': '2016' },
    ],
    [
      'RDS licence server 2022 with CAL 2019',
      { topic: 'rds-server', 'rds-cal-version': '2019', 'rds-server-version': '2022' },
    ],
    [
      'KMS host 2019 activates 2022?',
      { topic: 'kms-activates', 'kms-host-version': '2019', 'kms-client-version': '2022' },
    ],
    ['AVMA 2025 guest on 2022 host', { topic: 'avma', 'avma-guest-version': '2025', 'avma-host-version': '2022' }],
    [
      'can I downgrade a 2022 volume licence to 2016',
      { topic: 'downgrade', 'downgrade-from': '2022', 'downgrade-to': '2016', 'downgrade-channel': 'volume' },
    ],
    [
      'run 2016 with a 2022 OEM licence',
      { topic: 'downgrade', 'downgrade-from': '2022', 'downgrade-to': '2016', 'downgrade-channel': 'oem' },
    ],
    ['my 2022 key is refused on 2019', { topic: 'key-fits', 'bought-version': '2022', 'installed-version': '2019' }],
  ])('%s', (text, expected) => {
    expect(read(text)).toMatchObject(expected);
  });
});

describe('which edition belongs to what', () => {
  test.each([
    [
      'does a Standard key fit Datacenter',
      { topic: 'key-fits', 'bought-edition': 'standard', 'installed-edition': 'datacenter' },
    ],
    [
      'Datacenter に Standard のキーは入りますか',
      { topic: 'key-fits', 'bought-edition': 'standard', 'installed-edition': 'datacenter' },
    ],
    [
      'convert Standard to Datacenter',
      { topic: 'conversion', 'installed-edition': 'standard', 'bought-edition': 'datacenter' },
    ],
    [
      'Standard を Datacenter にアップグレードできますか',
      { topic: 'conversion', 'installed-edition': 'standard', 'bought-edition': 'datacenter' },
    ],
  ])('%s', (text, expected) => {
    expect(read(text)).toMatchObject(expected);
  });
});

test('a product of its own keeps its version and its CALs to itself', () => {
  expect(see(knowledge, 'SQL Server 2019').terms).not.toContain('windows-server');
  expect(see(knowledge, 'SQL Server 2019 beside Windows Server 2022').terms).toContain('windows-server');
});

test('folding is done once and for all', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => foldQuestion(foldQuestion(text)) === foldQuestion(text)),
  );
});

test('any text is read, and only as answers its topic asks for', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          fc.string(),
          fc.constantFrom('CAL', '2019', 'RDS', '人', '台', 'キー', 'Standard', 'to', '12', 'コア', 'の'),
        ),
        { maxLength: 30 },
      ),
      (words) => {
        const question = readQuestion(knowledge, see(knowledge, words.join(' ')));
        for (const [name, value] of question?.facts ?? []) {
          expect(name).toMatch(/^[a-z-]+$/);
          expect(value).not.toBe('');
        }
      },
    ),
  );
});
