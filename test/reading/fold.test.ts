import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fold, originalSpan } from '../../src/reading/fold.ts';

describe('fold', () => {
  test.each([
    ['ｘｃ００４', 'XC004'],
    ['a‐b–cーd－e', 'A-B-C-D-E'],
    ['c\u200b0\u00ad0\ufeff4', 'C004'],
    ['0×8', '0X8'],
    ['хС', 'XC'],
    ['𝟎𝐱𝐂', '0XC'],
    ['0\ufe0f\u20e3', '0'],
    ['é ﬃ 😀', 'É ﬃ 😀'],
  ])('reads %j as %j', (text, folded) => {
    expect(fold(text).text).toBe(folded);
  });

  test('leads back to what was written', () => {
    const text = 'エラー０ｘ\u200b𝟎😀';
    const folded = fold(text);
    const from = folded.text.indexOf('0X');
    expect(text.slice(...originalSpan(folded, from, from + 3, text))).toBe('０ｘ\u200b𝟎');
  });

  test('is never longer than the text, and every place of it lies in the text, in order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const folded = fold(text);
        expect(folded.text.length).toBeLessThanOrEqual(text.length);
        expect([...folded.at]).toEqual([...folded.at].toSorted((one, other) => one - other));
        expect(folded.at.at(-1)).toBe(text.length);
      }),
    );
  });

  test('changes nothing when folded again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const once = fold(text).text;
        expect(fold(once).text).toBe(once);
      }),
    );
  });
});
