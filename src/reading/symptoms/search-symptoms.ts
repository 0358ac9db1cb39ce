import type { SearchResult } from 'minisearch';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { type Saying, type SymptomIndex, symptomIndexOf } from './symptom-index.ts';

/** A situation a text describes; `score` is between 0 and 1. */
export interface Match {
  readonly id: string;
  readonly score: number;
}

/** Below this a text only shares words with a situation. */
const threshold = 0.4;
const mostMatches = 5;
/** A general situation yields to a special one that is described nearly as well. */
const generalWeight = 0.7;
/** A word of no saying speaks against every situation, but little: people tell more than their symptom. */
const unknownWeight = 2;
/** A long mail tells one situation in few of its words. */
const leastOfText = 0.2;
/** Two words at least, and telling ones; a general situation may be told in one, when that is its whole saying. */
const leastShared = { special: { words: 2, weight: 4 }, general: { words: 1, weight: 2 } };

/**
 * The situations a redacted text describes, best first. Each saying is compared with the text by the telling words they
 * share: how much of the saying that is (twice as important) and how much of the text, so that a short saying does not win
 * by its length.
 */
export function searchSymptoms(knowledge: Knowledge, text: string): readonly Match[] {
  const index = symptomIndexOf(knowledge);
  const words = index.wordsOf(text);
  const best = new Map<string, number>();
  for (const result of index.search.search([...words].join('\n'))) {
    const saying = index.sayings[Number(result.id)];
    if (saying === undefined) continue;
    const isGeneral = knowledge.symptoms.get(saying.symptom)?.general === true;
    const score = similarity(index, words, saying, result, leastShared[isGeneral ? 'general' : 'special']);
    if (score < threshold) continue;
    const weight = isGeneral ? generalWeight : 1;
    best.set(saying.symptom, Math.max(weight * score, best.get(saying.symptom) ?? 0));
  }
  return Array.from(best, ([id, score]) => ({ id, score: Math.round(score * 1000) / 1000 }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, mostMatches);
}

/** The harmonic mean of the two shares, where that of the saying counts twice. */
function similarity(
  { weights }: SymptomIndex,
  words: ReadonlySet<string>,
  saying: Saying,
  { terms, queryTerms }: SearchResult,
  least: { readonly words: number; readonly weight: number },
): number {
  const weigh = (some: Iterable<string>) =>
    Array.from(some, (word) => weights.get(word) ?? unknownWeight).reduce((sum, weight) => sum + weight, 0);
  const shared = terms.filter((term) => saying.words.has(term));
  const isWhole = shared.length === saying.words.size;
  const leastWords = isWhole ? least.words : leastShared.special.words;
  if (distinct(shared).length < leastWords || weigh(shared) < least.weight) return 0;
  const ofSaying = weigh(shared) / weigh(saying.words);
  const ofText = Math.max(leastOfText, weigh(queryTerms) / weigh(words));
  return Math.min(1, (5 * ofSaying * ofText) / (4 * ofText + ofSaying));
}

/** Without the pairs of ideographs that another shared word contains: 管理者 is one word, not three. */
function distinct(shared: readonly string[]): readonly string[] {
  return shared.filter((word) => !shared.some((other) => other !== word && other.includes(word)));
}
