import MiniSearch from 'minisearch';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { locales } from '../text/locale.ts';
import { foldQuestion } from './question/fold.ts';
import { questionLimit } from './question/see.ts';
import { vocabularyOf } from './question/vocabulary.ts';

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

interface Saying {
  readonly id: number;
  readonly symptom: string;
  readonly text: string;
}

interface Index {
  readonly search: MiniSearch<Saying>;
  readonly sayings: readonly Saying[];
  /** How telling a word is: the rarer among the sayings, the more. */
  readonly weights: ReadonlyMap<string, number>;
  readonly tokens: (text: string) => readonly string[];
}

const indexes = new WeakMap<Knowledge, Index>();

/**
 * The situations a redacted text describes, best first. Each saying is compared with the text by the telling words they
 * share: how much of the saying that is (twice as important) and how much of the text, so that a short saying does not win by its length.
 */
export function searchSymptoms(knowledge: Knowledge, text: string): readonly Match[] {
  const index = indexOf(knowledge);
  const query = [...new Set(index.tokens(text))];
  const best = new Map<string, number>();
  for (const result of index.search.search(query.join('\u0000'), { tokenize: (joined) => joined.split('\u0000') })) {
    const saying = index.sayings[Number(result.id)];
    if (saying === undefined) continue;
    const weight = knowledge.symptoms.get(saying.symptom)?.general === true ? generalWeight : 1;
    const score = weight * similarity(index, query, new Set(index.tokens(saying.text)), result);
    if (score >= threshold && score > (best.get(saying.symptom) ?? 0)) best.set(saying.symptom, score);
  }
  return [...best]
    .map(([id, score]) => ({ id, score: Math.round(score * 1000) / 1000 }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, mostMatches);
}

function similarity(
  { weights }: Index,
  query: readonly string[],
  saying: ReadonlySet<string>,
  { terms, queryTerms }: { readonly terms: readonly string[]; readonly queryTerms: readonly string[] },
): number {
  const weigh = (tokens: Iterable<string>) =>
    [...tokens].reduce((sum, token) => sum + (weights.get(token) ?? unknownWeight), 0);
  const shared = weigh(terms.filter((term) => saying.has(term)));
  const ofSaying = shared / weigh(saying);
  const ofQuery = Math.max(leastOfQuery, weigh(queryTerms) / weigh(query));
  return shared < leastShared ? 0 : Math.min(1, (5 * ofSaying * ofQuery) / (4 * ofQuery + ofSaying));
}

/** A word of no saying speaks against every situation, but little: people tell more than their symptom. */
const unknownWeight = 2;
/** A long mail tells one situation in few of its words. */
const leastOfQuery = 0.2;
/** About two telling words. */
const leastShared = 5;

function indexOf(knowledge: Knowledge): Index {
  const known = indexes.get(knowledge);
  if (known !== undefined) return known;
  const sayings = [...knowledge.symptoms.values()]
    .flatMap((symptom) => [
      ...locales
        .flatMap((locale) => [...symptom.sayings[locale], knowledge.texts[locale].symptoms[symptom.id]?.title ?? ''])
        .map((text) => ({ symptom: symptom.id, text })),
    ])
    .map((saying, id) => ({ id, ...saying }));
  const { terms } = vocabularyOf(knowledge);
  const tokens = (text: string): readonly string[] => {
    const folded = foldQuestion(text.slice(0, questionLimit));
    return [...words(folded), ...[...terms.termsIn(folded)].map((term) => `#${term}`)];
  };
  const search = new MiniSearch<Saying>({
    fields: ['text'],
    tokenize: (text) => [...tokens(text)],
    processTerm: (term) => term,
    searchOptions: { fuzzy: (term) => (/^[a-z]{6,}$/.test(term) ? 1 : false) },
  });
  search.addAll(sayings);
  const index = { search, sayings, weights: weightsOf(sayings, tokens), tokens };
  indexes.set(knowledge, index);
  return index;
}

function weightsOf(sayings: readonly Saying[], tokens: Index['tokens']): ReadonlyMap<string, number> {
  const frequency = new Map<string, number>();
  for (const { text } of sayings)
    for (const token of new Set(tokens(text))) frequency.set(token, (frequency.get(token) ?? 0) + 1);
  return new Map(
    [...frequency].map(([token, count]) => [
      token,
      Math.log(1 + sayings.length / count) * (/^(?:#|[a-z]{1,3}$)/.test(token) ? 0.4 : 1),
    ]),
  );
}

const japaneseWord = new Intl.Segmenter('ja', { granularity: 'word' });
const latin = /[a-z0-9]+/g;
const japaneseRun = /[\u3040-\u30ff\u3400-\u9fff]+/g;

/** Latin words, Japanese words, and pairs of ideographs, which hold where the segmenter cuts a compound differently. */
function words(folded: string): readonly string[] {
  const runs = folded.match(japaneseRun) ?? [];
  const segments = runs.flatMap((run) =>
    [...japaneseWord.segment(run)]
      .filter(({ segment }) => segment.length > 1 && /[ァ-ヺ\u3400-\u9fff]/.test(segment))
      .map(({ segment }) => segment),
  );
  const pairs = runs.flatMap((run) =>
    (run.match(/[\u3400-\u9fff]+/g) ?? []).flatMap((kanji) =>
      [...kanji].slice(1).map((second, at) => `${[...kanji][at]}${second}`),
    ),
  );
  const latinWords = (folded.match(latin) ?? []).filter((word) => !stopWords.has(word)).map(stem);
  return [...new Set([...latinWords, ...segments, ...pairs])];
}

const stopWords = new Set(
  'a an and are as at be but by can do does for from has have he how i in is it its me my of on or our please so some that the then there they this to us was we were what when which with you your windows server'.split(
    ' ',
  ),
);

/** `expired`, `expires` and `expiry` alike: the plain suffixes of English. */
function stem(word: string): string {
  return word.length > 5 ? word.replace(/(?:ations?|ated?|ates|ating|ings?|ed|es|s|y|e)$/, '') : word;
}
