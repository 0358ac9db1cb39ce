import type { Knowledge } from '../../knowledge/knowledge.ts';
import { units } from '../../knowledge/schema/topics.ts';
import { Lexicon } from './lexicon.ts';

/** The words of the knowledge, made ready once. */
export interface Vocabulary {
  readonly terms: Lexicon;
  /** The words for the choices of one question. */
  readonly choices: ReadonlyMap<string, Lexicon>;
  readonly products: Lexicon;
}

const ready = new WeakMap<Knowledge, Vocabulary>();
export const unitTerms: ReadonlySet<string> = new Set(units);

/** Compiling the phrases takes some milliseconds and a knowledge never changes, so it is done once for each. */
export function vocabularyOf(knowledge: Knowledge): Vocabulary {
  const known = ready.get(knowledge);
  if (known !== undefined) return known;
  const vocabulary: Vocabulary = {
    terms: new Lexicon(Object.entries(knowledge.terms)),
    choices: new Map(
      Object.entries(knowledge.words.questions).map(([question, choices]) => [
        question,
        new Lexicon(Object.entries(choices)),
      ]),
    ),
    products: new Lexicon(knowledge.products.products.map(({ id, names }) => [id, names])),
  };
  ready.set(knowledge, vocabulary);
  return vocabulary;
}
