import { describe, expect, test } from 'vitest';
import { localeFromTag, localeOf, otherLocale } from '../../src/text/locale.ts';

describe('the language of a text', () => {
  test.each([
    ['認証エラーが出ます', 'ja'],
    ['ライセンス', 'ja'],
    ['ﾗｲｾﾝｽ ｴﾗｰ', 'ja'],
    ['0xC004FC07 が出た', 'ja'],
    ['Windows Server 2022 のキー', 'ja'],
    ['activation failed', 'en'],
    ['0xC004FC07 help', 'en'],
    ['0xC004FC07', undefined],
    ['0xabcdefab', undefined],
    ['12345', undefined],
    ['?', undefined],
    ['', undefined],
  ])('%s: %s', (text, locale) => {
    expect(localeOf(text)).toBe(locale);
  });
});

test.each([
  ['ja', 'ja'],
  ['ja-JP', 'ja'],
  ['JA', 'ja'],
  ['en-GB', 'en'],
  ['de', undefined],
  ['', undefined],
  [undefined, undefined],
])('the tag %s means %s', (tag, locale) => {
  expect(localeFromTag(tag)).toBe(locale);
});

test('the other language is the other one', () => {
  expect([otherLocale('en'), otherLocale('ja')]).toEqual(['ja', 'en']);
});
