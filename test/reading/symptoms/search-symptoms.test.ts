import { describe, expect, test } from 'vitest';
import { searchSymptoms } from '../../../src/reading/symptoms/search-symptoms.ts';
import { shippedKnowledge } from '../../support/knowledge.ts';

const knowledge = shippedKnowledge();
const bestOf = (text: string) => searchSymptoms(knowledge, text)[0]?.id;

describe('a situation is found from how people put it', () => {
  test.each([
    [
      'our server keeps switching off after about an hour, we installed it last year from a trial ISO',
      'evaluation-expired',
    ],
    ['サーバーが1時間くらいで落ちるようになりました', 'evaluation-expired'],
    ['ライセンスキーを挿入できない', 'evaluation-refuses-key'],
    ['キーが無効と言われる', 'key-mistyped'],
    ['bought a key on eBay for 20 dollars, it got blocked', 'key-blocked'],
    ['ヤフオクで買った格安キーが認証できなくなりました', 'key-blocked'],
    ['motherboard was swapped and now it is not activated', 'mainboard-replaced'],
    ['クローンした VM が KMS でカウントされない', 'kms-count-low'],
    ['after restoring a snapshot activation fails', 'clock-differs'],
    ['120日を過ぎてRDP接続できない', 'rds-grace-over'],
    ['半年ごとに認証が切れる', 'kms-contact-lost'],
    ['slmgr を実行してもウィンドウが出ない', 'store-damaged'],
    ['イベント ID 8200 が毎日出る', 'harmless-events'],
  ])('%s', (text, id) => {
    expect(bestOf(text)).toBe(id);
  });

  test('by each of its own sayings', () => {
    const missed = [...knowledge.symptoms.values()].flatMap(({ id, sayings }) =>
      [...sayings.en, ...sayings.ja].filter(
        (saying) => !searchSymptoms(knowledge, saying).some((match) => match.id === id),
      ),
    );
    expect(missed).toEqual([]);
  });

  test('in a long mail too', () => {
    const mail = `Hello team, ${'I hope that this mail finds you well and that the weekend was sunny. '.repeat(5)} Our file server shuts itself down every hour. ${'Thank you for looking into it, best regards from the finance department. '.repeat(5)}`;
    expect(bestOf(mail)).toBe('evaluation-expired');
  });
});

test('a text about something else finds nothing', () => {
  for (const text of [
    'what is the weather tomorrow',
    'hi, my printer is broken',
    'パスワードを忘れました',
    '会議室を予約したい',
    'how do I join a domain',
    '',
    '🙂',
  ])
    expect(searchSymptoms(knowledge, text)).toEqual([]);
});
