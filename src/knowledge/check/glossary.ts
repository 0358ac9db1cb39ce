import type { Problem } from '../../errors.ts';
import type { Locale } from '../../text/locale.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Glossary } from '../schema/glossary.ts';
import type { ProblemAt } from './report.ts';
import type { FoundText } from './sentences.ts';

/** Every wording of a sentence that the glossary has another word for. */
export function checkGlossary(
  { glossary }: Knowledge,
  sentences: readonly FoundText[],
  at: ProblemAt,
): readonly Problem[] {
  const wrong = { en: new WrongWords(glossary, 'en'), ja: new WrongWords(glossary, 'ja') };
  return sentences.flatMap(({ locale, file, path, prose }) =>
    wrong[locale].in(prose).map(({ found, term }) => at(file, path, `write ${term}, not ${found}: see glossary.yaml`)),
  );
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
