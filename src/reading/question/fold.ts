const cjk = '\\u3040-\\u30ff\\u3400-\\u9fff';
const spaceAtJapanese = new RegExp(`(?<=[${cjk}]) | (?=[${cjk}])`, 'g');
const finalLongVowel = /([ァ-ヺ])ー(?![ァ-ヺー])/g;

/**
 * Text as questions and their words are compared: NFKC, lower case, no space beside Japanese, サーバー as サーバ,
 * British `licence` as American `license`, straight quotes.
 */
export function foldQuestion(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[‘’`´]/g, "'")
    .replaceAll(/\s+/g, ' ')
    .replaceAll(spaceAtJapanese, '')
    .replaceAll(finalLongVowel, '$1')
    .replaceAll('licenc', 'licens')
    .trim();
}
