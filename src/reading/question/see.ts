import type { Knowledge } from '../../knowledge/knowledge.ts';
import { type Counts, readCounts, type UnitWord } from './counts.ts';
import { foldQuestion } from './fold.ts';
import { blank } from './lexicon.ts';
import { findEditions, findVersions, type Mention } from './mentions.ts';
import { unitTerms, vocabularyOf } from './vocabulary.ts';

/** As much of a text as is read as a question, in characters. */
const questionLimit = { begin: 2500, end: 1500 };

/** The beginning and the end of a long text: the question stands before or after what was pasted. */
export function excerpt(text: string): string {
  const { begin, end } = questionLimit;
  return text.length <= begin + end ? text : `${text.slice(0, begin)}\n${text.slice(-end)}`;
}

/** What a text says in terms and numbers, before a topic is chosen. */
export interface Sight {
  readonly folded: string;
  /** Terms, product ids and signs. */
  readonly terms: ReadonlySet<string>;
  readonly versions: readonly Mention[];
  readonly editions: readonly Mention[];
  readonly counts: Counts;
}

/** Reads the words of a redacted text. */
export function see(knowledge: Knowledge, text: string): Sight {
  const { terms, products } = vocabularyOf(knowledge);
  const whole = foldQuestion(excerpt(text));
  const named = products.findAll(whole);
  // The server of `SQL Server 2019` is none of ours.
  const folded = named.reduce(blank, whole);
  const versions = findVersions(folded);
  const editions = findEditions(folded, terms);
  const counts = readCounts(folded, terms.find(folded, unitTerms) as readonly UnitWord[]);
  const signs = [
    ...signsOf('version', versions),
    ...signsOf('edition', editions),
    ...Object.keys(counts).map((unit) => `n-${unit}`),
  ];
  return {
    folded,
    terms: new Set([...terms.termsIn(folded), ...named.map(({ term }) => term), ...signs]),
    versions,
    editions,
    counts,
  };
}

function signsOf(kind: 'version' | 'edition', mentions: readonly Mention[]): readonly string[] {
  const different = new Set(mentions.map(({ value }) => value)).size;
  return [kind, `two-${kind}s`].slice(0, different);
}
