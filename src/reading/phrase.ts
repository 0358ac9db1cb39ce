/** Text as words are compared: NFKC, lower case, one space for any run of white space. */
export function foldWords(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

const wordCharacter = /[a-z0-9]/;

/** Where `phrase` stands in `text` (both folded) as a word of its own; Japanese has no spaces, so there any place counts. */
export function indexOfPhrase(text: string, phrase: string): number {
  let from = 0;
  for (;;) {
    const at = text.indexOf(phrase, from);
    if (at < 0) return -1;
    const joinsLeft = wordCharacter.test(phrase[0] ?? '') && wordCharacter.test(text[at - 1] ?? '');
    const joinsRight = wordCharacter.test(phrase.at(-1) ?? '') && wordCharacter.test(text[at + phrase.length] ?? '');
    if (!joinsLeft && !joinsRight) return at;
    from = at + 1;
  }
}
