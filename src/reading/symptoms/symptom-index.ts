import MiniSearch from 'minisearch';
import type { Knowledge } from '../../knowledge/knowledge.ts';
import { locales } from '../../text/locale.ts';
import { foldQuestion } from '../question/fold.ts';
import { blank, Lexicon } from '../question/lexicon.ts';
import { excerpt } from '../question/see.ts';
import { tellingWords } from './telling-words.ts';

/** One way of describing a situation: a saying, or its title. */
export interface Saying {
  readonly id: number;
  readonly symptom: string;
  readonly words: ReadonlySet<string>;
}

/** The sayings of a knowledge, ready to be searched. */
export interface SymptomIndex {
  readonly search: MiniSearch<Saying>;
  readonly sayings: readonly Saying[];
  /** How telling a word is: the rarer among the sayings, the more. */
  readonly weights: ReadonlyMap<string, number>;
  readonly wordsOf: (text: string) => ReadonlySet<string>;
}

const ready = new WeakMap<Knowledge, SymptomIndex>();

/** Building takes some tens of milliseconds and a knowledge never changes, so it is done once for each, when first needed. */
export function symptomIndexOf(knowledge: Knowledge): SymptomIndex {
  const known = ready.get(knowledge);
  if (known !== undefined) return known;
  const index = buildIndex(knowledge);
  ready.set(knowledge, index);
  return index;
}

function buildIndex({ symptoms, symptomWords: { synonyms, common }, texts }: Knowledge): SymptomIndex {
  const lexicon = new Lexicon(Object.entries(synonyms));
  const commonWords = new Set(common.map(foldQuestion));
  const wordsOf = (text: string): ReadonlySet<string> => {
    const folded = foldQuestion(excerpt(text));
    const meant = lexicon.findAll(folded);
    return new Set([...tellingWords(meant.reduce(blank, folded), commonWords), ...meant.map(({ term }) => `#${term}`)]);
  };
  const sayings = [...symptoms.values()]
    .flatMap(({ id, sayings: said }) =>
      locales
        .flatMap((locale) => [...said[locale], texts[locale].symptoms[id]?.title ?? ''])
        .map((text) => ({ symptom: id, words: wordsOf(text) })),
    )
    .map((saying, id): Saying => ({ id, ...saying }));
  const search = new MiniSearch<Saying>({
    fields: ['words'],
    extractField: (saying, field) => (field === 'words' ? [...saying.words].join('\n') : String(saying.id)),
    tokenize: (joined) => joined.split('\n'),
    processTerm: (term) => term,
    searchOptions: { fuzzy: (term) => (/^[a-z]{6,}$/.test(term) ? 1 : false) },
  });
  search.addAll(sayings);
  return { search, sayings, weights: weightsOf(sayings), wordsOf };
}

function weightsOf(sayings: readonly Saying[]): ReadonlyMap<string, number> {
  const frequency = new Map<string, number>();
  for (const { words } of sayings) for (const word of words) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  return new Map(Array.from(frequency, ([word, count]) => [word, Math.log(1 + sayings.length / count)]));
}
