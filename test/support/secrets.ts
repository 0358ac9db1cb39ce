import fc from 'fast-check';

/** Something nobody should have typed, as somebody types it. */
export interface Secret {
  /** Without separators, in upper case. */
  readonly bare: string;
  readonly typed: string;
}

// The letters of product keys; the keys are made of chance and are of no product.
const letter = fc.constantFrom(...'BCDFGHJKMPQRTVWXY2346789');
const digit = fc.constantFrom(...'0123456789');

const groups = (unit: fc.Arbitrary<string>, count: number, length: number) =>
  fc.array(fc.string({ unit, minLength: length, maxLength: length }), { minLength: count, maxLength: count });

/** The same in full-width letters and digits. */
const wide = (text: string) => text.replace(/[0-9A-Za-z]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));

const separators = ['-', ' ', '', '－', '–', ' - '] as const;

function typedAs(
  parts: fc.Arbitrary<readonly string[]>,
  lineBreaks: boolean,
  sentences: readonly ((secret: string) => string)[],
): fc.Arbitrary<Secret> {
  return fc
    .record({
      parts,
      separator: fc.constantFrom<string>(...separators, ...(lineBreaks ? ['\n'] : [])),
      written: fc.constantFrom(
        (text: string) => text,
        (text: string) => text.toLowerCase(),
        wide,
      ),
      within: fc.constantFrom(...sentences),
    })
    .map(({ parts: all, separator, written, within }) => ({
      bare: all.join(''),
      typed: within(written(all.join(separator))),
    }));
}

const ofKeys = [
  (key: string) => key,
  (key: string) => `プロダクト キーは ${key} です。`,
  (key: string) => `「${key}」を入力しました。`,
  (key: string) => `slmgr /ipk ${key}`,
];
const ofIds = [
  (id: string) => `インストール ID: ${id}`,
  (id: string) => `画面のインストール ID は ${id} です。`,
  (id: string) => `Installation ID: ${id}`,
];

/** Product keys and installation IDs of 54 and 63 digits. `lineBreaks`: also over several lines. */
export function secretsTyped({ lineBreaks }: { readonly lineBreaks: boolean }): fc.Arbitrary<Secret> {
  return fc.oneof(
    { weight: 2, arbitrary: typedAs(groups(letter, 5, 5), lineBreaks, ofKeys) },
    { weight: 1, arbitrary: typedAs(groups(digit, 9, 6), lineBreaks, ofIds) },
    { weight: 1, arbitrary: typedAs(groups(digit, 9, 7), lineBreaks, ofIds) },
  );
}

/** A product key as it stands on its label. */
export const productKey: fc.Arbitrary<Secret> = groups(letter, 5, 5).map((parts) => ({
  bare: parts.join(''),
  typed: parts.join('-'),
}));

/** What a text is compared by: no width, case, separator or escape is in the way. */
export function bareOf(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\\[nrt]/g, '')
    .replace(/[^0-9A-Za-z]/g, '')
    .toUpperCase();
}

/** Whether two groups of it that stand side by side are in a text that `bareOf` has read; the last group may be shown. */
export function isIn(bareText: string, { bare }: Secret): boolean {
  const length = 10;
  for (let from = 0; from + length <= bare.length - 6; from += 1)
    if (bareText.includes(bare.slice(from, from + length))) return true;
  return bareText.includes(bare);
}
