/** Running counts over the cells of a text: how much of any part could belong to a product key. */
export interface Tally {
  /** Letters in cells `from` to `to` (exclusive). */
  letters(from: number, to: number): number;
  /** Characters that no product key holds: an O for 0, an I for 1, vowels. */
  foreign(from: number, to: number): number;
  /** Letters of keys that hexadecimal does not have. */
  beyondHex(from: number, to: number): number;
}

const letter = 1;
const foreign = 2;
const beyondHex = 4;
const traits = new Uint8Array(128);
for (const each of 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') traits[each.charCodeAt(0)] = letter;
// N is a key letter since Windows 8: Microsoft's published client keys hold it.
for (const each of 'AEILOSUZ015') traits[each.charCodeAt(0)] = (traits[each.charCodeAt(0)] ?? 0) | foreign;
for (const each of 'GHJKMNPQRTVWXY') traits[each.charCodeAt(0)] = letter | beyondHex;

/** Counts once, so that each question about a part is two look-ups. */
export function tally(text: string): Tally {
  const letters = new Uint32Array(text.length + 1);
  const foreigners = new Uint32Array(text.length + 1);
  const beyond = new Uint32Array(text.length + 1);
  for (let cell = 0; cell < text.length; cell += 1) {
    const has = traits[text.charCodeAt(cell)] ?? 0;
    letters[cell + 1] = (letters[cell] ?? 0) + (has & letter);
    foreigners[cell + 1] = (foreigners[cell] ?? 0) + ((has & foreign) >> 1);
    beyond[cell + 1] = (beyond[cell] ?? 0) + ((has & beyondHex) >> 2);
  }
  const between = (counts: Uint32Array) => (from: number, to: number) => (counts[to] ?? 0) - (counts[from] ?? 0);
  return { letters: between(letters), foreign: between(foreigners), beyondHex: between(beyond) };
}

/** True of `XXXXX-XXXXX-…`, of `AAAAA-BBBBB-…` and of the alphabet itself: what manuals print in a key's place. */
export function isPlaceholder(key: string): boolean {
  const distinct = new Set(key).size;
  if (distinct <= 4 || (distinct === key.length && distinct >= 25)) return true;
  let uniform = 0;
  for (let from = 0; from + 5 <= key.length; from += 5) {
    if (new Set(key.slice(from, from + 5)).size === 1) uniform += 1;
  }
  return uniform >= 2;
}
