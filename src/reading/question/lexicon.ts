import { foldQuestion } from './fold.ts';

/** A term found in a folded text, from `start` to before `end`. */
export interface Found {
  readonly term: string;
  readonly start: number;
  readonly end: number;
}

/** The phrases of a vocabulary, ready to be found in folded text. An English phrase is found as whole words, in the plural too. */
export class Lexicon {
  readonly #patterns: readonly (readonly [term: string, pattern: RegExp])[];

  constructor(terms: Iterable<readonly [term: string, phrases: readonly string[]]>) {
    this.#patterns = [...terms].map(([term, phrases]) => [term, patternOf(phrases)]);
  }

  /** The terms a text has at all. */
  termsIn(folded: string): ReadonlySet<string> {
    return new Set(this.#patterns.filter(([, pattern]) => folded.search(pattern) >= 0).map(([term]) => term));
  }

  /** Every place of every term, as `find` gives them. */
  findAll(folded: string): readonly Found[] {
    return this.find(folded, new Set(this.#patterns.map(([term]) => term)));
  }

  /** Every place of the given terms. Where places overlap, the longest holds. */
  find(folded: string, terms: ReadonlySet<string>): readonly Found[] {
    const all = this.#patterns
      .filter(([term]) => terms.has(term))
      .flatMap(([term, pattern]) =>
        [...folded.matchAll(pattern)].map((match) => ({
          term,
          start: match.index,
          end: match.index + match[0].length,
        })),
      );
    const kept: Found[] = [];
    for (const found of all.toSorted((a, b) => b.end - b.start - (a.end - a.start))) {
      if (kept.every(({ start, end }) => found.end <= start || found.start >= end)) kept.push(found);
    }
    return kept.toSorted((a, b) => a.start - b.start);
  }
}

/** Takes a found term out of its text; the places of the others stay. */
export function blank(text: string, { start, end }: Found): string {
  return `${text.slice(0, start)}${'#'.repeat(end - start)}${text.slice(end)}`;
}

function patternOf(phrases: readonly string[]): RegExp {
  const longestFirst = phrases.map(foldQuestion).toSorted((a, b) => b.length - a.length);
  return new RegExp(longestFirst.map(phrasePattern).join('|'), 'g');
}

function phrasePattern(phrase: string): string {
  const body = phrase.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/[ -]/g, '[ -]?');
  const left = /^[a-z0-9]/.test(phrase) ? '(?<![a-z0-9])' : '';
  const right = /[a-z]$/.test(phrase) ? "(?:'?e?s'?)?(?![a-z0-9])" : /\d$/.test(phrase) ? '(?![a-z0-9])' : '';
  return `${left}${body}${right}`;
}
