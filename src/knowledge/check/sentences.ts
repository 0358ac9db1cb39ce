import { type Locale, locales } from '../../text/locale.ts';
import type { Sentence } from '../../text/sentence.ts';
import type { Texts } from '../knowledge.ts';

/** One sentence of the knowledge and its place: the file, and the keys that lead to it. */
export interface FoundText {
  readonly locale: Locale;
  readonly file: string;
  readonly path: readonly PropertyKey[];
  /** Everything in it, commands too. A placeholder stands as `{name}`. */
  readonly whole: string;
  /** Its words only: commands and placeholders leave a gap. */
  readonly prose: string;
}

/** Sentences that quote what people ask, in their own words. */
const quotes = 'asked';

const gap = '\u0000';

/** Every sentence the bot may say, in every language; what people are quoted as asking is left out. */
export function sentencesOf(texts: Readonly<Record<Locale, Texts>>): readonly FoundText[] {
  return locales.flatMap((locale) =>
    filesOf(texts[locale], locale).flatMap(([file, content]) =>
      textsIn(content, []).map((found) => ({ locale, file, ...found })),
    ),
  );
}

function filesOf({ flows, errors, ...single }: Texts, locale: Locale): readonly (readonly [string, unknown])[] {
  const folders = Object.entries({ flows, errors }).flatMap(([folder, files]) =>
    [...files].map(([name, content]) => [`text/${locale}/${folder}/${name}.yaml`, content] as const),
  );
  return [
    ...Object.entries(single).map(([name, content]) => [`text/${locale}/${name}.yaml`, content] as const),
    ...folders,
  ];
}

type Place = Omit<FoundText, 'locale' | 'file'>;

function textsIn(content: unknown, path: readonly PropertyKey[]): readonly Place[] {
  if (typeof content === 'string') return [{ path, whole: content, prose: content }];
  if (typeof content !== 'object' || content === null || path.at(-1) === quotes) return [];
  if (isSentence(content)) return [{ path, whole: wholeOf(content), prose: proseOf(content) }];
  return Object.entries(content).flatMap(([key, value]) => textsIn(value, [...path, key]));
}

function wholeOf({ pieces }: Sentence): string {
  return pieces
    .flatMap(({ parts }) => parts.map((part) => (typeof part === 'string' ? part : `{${part.placeholder}}`)))
    .join('');
}

function proseOf({ pieces }: Sentence): string {
  return pieces
    .map(({ kind, parts }) =>
      kind === 'code' ? gap : parts.map((part) => (typeof part === 'string' ? part : gap)).join(''),
    )
    .join('');
}

function isSentence(content: object): content is Sentence {
  return 'pieces' in content && 'placeholders' in content;
}
