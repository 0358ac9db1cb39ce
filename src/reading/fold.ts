/** Text reduced to what a code or a key is made of, with the way back to what was written. */
export interface Folded {
  /** Upper case, half width, one hyphen, no invisible characters. */
  readonly text: string;
  /** For every character of `text`, where it stands in the original; one more entry holds the original's length. */
  readonly at: Uint32Array;
}

const hyphen = '-'.charCodeAt(0);
const removed = 0xffff;
const kept = 0xfffe;
const tableSize = 0x20000;

// ー and its half-width form stand here because Japanese keyboards type them for a hyphen.
const hyphens = '‐‑‒–—―−⁃﹘﹣－ーｰ─━';
const lookAlikes: readonly (readonly [string, string])[] = [
  ['АВЕЅІЈКМНОРСТУХ', 'ABESIJKMHOPCTYX'],
  ['авеѕіјкмнорстух', 'ABESIJKMHOPCTYX'],
  ['ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'],
  ['×', 'X'],
];
const invisible = /^(?:\p{Default_Ignorable_Code_Point}|\u20e3)$/u;

const special = new Map<number, number>([
  ...[...hyphens].map((each): [number, number] => [each.charCodeAt(0), hyphen]),
  ...lookAlikes.flatMap(([from, to]) =>
    [...from].map((each, index): [number, number] => [each.charCodeAt(0), to.charCodeAt(index)]),
  ),
]);

// What each code point below `tableSize` becomes, filled as characters are met; 0: not met yet.
const table = new Uint16Array(tableSize);

function foldCodePoint(codePoint: number): number {
  const known = special.get(codePoint);
  if (known !== undefined) return known;
  const written = String.fromCodePoint(codePoint);
  if (invisible.test(written)) return removed;
  const folded = written.normalize('NFKC').toUpperCase();
  if (folded.length !== 1) return codePoint < 0x10000 ? codePoint : kept;
  return special.get(folded.charCodeAt(0)) ?? folded.charCodeAt(0);
}

/**
 * Folds each code point with NFKC and upper case. A code point that would become several stays as it is, so the
 * folded text is never longer than the original.
 */
export function fold(text: string): Folded {
  const units = new Uint16Array(text.length);
  const at = new Uint32Array(text.length + 1);
  let length = 0;
  for (let index = 0; index < text.length; ) {
    const codePoint = text.codePointAt(index) ?? 0;
    const size = codePoint > 0xffff ? 2 : 1;
    const unit = foldedUnit(codePoint);
    if (unit === kept && size === 2) {
      for (const offset of [0, 1]) {
        units[length] = text.charCodeAt(index + offset);
        at[length++] = index + offset;
      }
    } else if (unit !== removed) {
      units[length] = unit;
      at[length++] = index;
    }
    index += size;
  }
  at[length] = text.length;
  return { text: decode(units.subarray(0, length)), at: at.subarray(0, length + 1) };
}

/** The part of the original that the folded characters `from` to `to` (exclusive) were made of. */
export function originalSpan(folded: Folded, from: number, to: number, original: string): readonly [number, number] {
  const start = folded.at[from] ?? 0;
  if (to <= from) return [start, start];
  const last = folded.at[to - 1] ?? 0;
  return [start, last + ((original.codePointAt(last) ?? 0) > 0xffff ? 2 : 1)];
}

function foldedUnit(codePoint: number): number {
  if (codePoint < 0x61) return codePoint;
  if (codePoint < 0x80) return codePoint <= 0x7a ? codePoint - 0x20 : codePoint;
  if (codePoint >= tableSize) return codePoint < 0xe0000 ? kept : foldCodePoint(codePoint);
  const known = table[codePoint] ?? 0;
  if (known !== 0) return known;
  const folded = foldCodePoint(codePoint);
  table[codePoint] = folded;
  return folded;
}

function decode(units: Uint16Array): string {
  let text = '';
  for (let index = 0; index < units.length; index += 8192) {
    text += String.fromCharCode(...units.subarray(index, index + 8192));
  }
  return text;
}
