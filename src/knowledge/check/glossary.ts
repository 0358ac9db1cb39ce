import type { Problem } from '../../errors.ts';
import { type Locale, locales } from '../../text/locale.ts';
import type { Sentence } from '../../text/sentence.ts';
import type { Knowledge, Texts } from '../knowledge.ts';
import type { Glossary } from '../schema/glossary.ts';
import type { ProblemAt } from './report.ts';

/** Sentences that quote what people ask, in their own words. */
const quotes = 'asked';

/** Every wording of a sentence that the glossary has another word for. */
export function checkGlossary({ glossary, texts }: Knowledge, at: ProblemAt): readonly Problem[] {
  return locales.flatMap((locale) => {
    const wrong = new WrongWords(glossary, locale);
    return filesOf(texts[locale], locale).flatMap(([file, content]) =>
      textsIn(content, []).flatMap(({ path, text }) =>
        wrong.in(text).map(({ found, term }) => at(file, path, `write ${term}, not ${found}: see glossary.yaml`)),
      ),
    );
  });
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

interface Found {
  readonly path: readonly PropertyKey[];
  readonly text: string;
}

function textsIn(content: unknown, path: readonly PropertyKey[]): readonly Found[] {
  if (typeof content === 'string') return [{ path, text: content }];
  if (typeof content !== 'object' || content === null || path.at(-1) === quotes) return [];
  if (isSentence(content)) return [{ path, text: proseOf(content) }];
  return Object.entries(content).flatMap(([key, value]) => textsIn(value, [...path, key]));
}

/** The words of a sentence, without commands and what fills its placeholders. */
function proseOf({ pieces }: Sentence): string {
  return pieces
    .map(({ kind, parts }) =>
      kind === 'code' ? '\u0000' : parts.map((part) => (typeof part === 'string' ? part : '\u0000')).join(''),
    )
    .join('');
}

function isSentence(content: object): content is Sentence {
  return 'pieces' in content && 'placeholders' in content;
}

/** Finds the wordings that one language does not use. Where a right one holds a wrong one, the right one counts. */
class WrongWords {
  readonly #right = new Set<string>();
  readonly #terms = new Map<string, string>();
  /** Most texts hold nothing wrong: a quick look tells, without weighing right wordings against wrong ones. */
  readonly #suspicious: RegExp;
  readonly #pattern: RegExp;

  constructor(glossary: Glossary, locale: Locale) {
    for (const { [locale]: wording } of glossary) {
      for (const right of [wording.term, ...(wording.also ?? [])]) this.#right.add(right);
      for (const wrong of wording.not ?? []) this.#terms.set(wrong, wording.term);
    }
    this.#suspicious = new RegExp([...this.#terms.keys()].map(patternOf).join('|') || '(?!)');
    const longestFirst = [...this.#right, ...this.#terms.keys()].toSorted((a, b) => b.length - a.length);
    this.#pattern = new RegExp(longestFirst.map(patternOf).join('|'), 'g');
  }

  in(text: string): readonly { readonly found: string; readonly term: string }[] {
    if (!this.#suspicious.test(text)) return [];
    return [...text.matchAll(this.#pattern)].flatMap(([found]) => {
      const forms = formsOf(found);
      const wrong = forms.find((form) => this.#terms.has(form));
      if (wrong === undefined || forms.some((form) => this.#right.has(form))) return [];
      return [{ found, term: this.#terms.get(wrong) ?? '' }];
    });
  }
}

/** Latin words stand alone, begin a sentence with a capital and have a plural; in Japanese any place counts. */
function patternOf(words: string): string {
  const escaped = words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const begun = escaped.replace(/^[a-z]/, (first) => `[${first}${first.toUpperCase()}]`);
  const alone = /^[A-Za-z]/.test(words) ? `(?<![A-Za-z])${begun}` : begun;
  return /[A-Za-z]$/.test(words) ? `${alone}s?(?![A-Za-z])` : alone;
}

/** What a found word may be the plural or the capitalised beginning of. */
function formsOf(found: string): readonly string[] {
  const small = `${found.slice(0, 1).toLowerCase()}${found.slice(1)}`;
  return [found, small, found.replace(/s$/, ''), small.replace(/s$/, '')];
}
