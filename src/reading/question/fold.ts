const cjk = '\\u3040-\\u30ff\\u3400-\\u9fff';
const spaceAtJapanese = new RegExp(`(?<=[${cjk}]) | (?=[${cjk}])`, 'g');
/** A release year, or a number with its counter, glued to a word: `2022CAL`, `ws2019`, `PC90台`. */
const gluedYear =
  /(?<=20(?:03|08|12|16|19|22|25))(?=[a-qs-z])|(?<=[a-z])(?=20(?:03|08|12|16|19|22|25)(?![0-9]))|(?<=[a-z]{2})(?=\d+[台人名個])|(?<=\d)(?=(?:pc|cpu|vm|core|user|cal)s?(?![a-z]))/g;
/** Not that of キー: a single キ stands in many words. */
const finalLongVowel = /([ァ-カガク-ヺ])ー(?![ァ-ヺー])/g;

/**
 * Text as questions and their words are compared: NFKC, lower case, no space beside Japanese, サーバー as サーバ,
 * British `licence` as American `license`, no apostrophe within a word (`cant`),
 * and a space where a year or a number is glued to a word.
 */
export function foldQuestion(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[‘’`´]/g, "'")
    .replaceAll(/(?<=[a-z])'(?=[a-z])/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(gluedYear, ' ')
    .replaceAll(spaceAtJapanese, '')
    .replaceAll(finalLongVowel, '$1')
    .replaceAll('licenc', 'licens')
    .trim();
}
