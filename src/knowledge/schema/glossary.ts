import { z } from 'zod';
import { Id } from './ids.ts';

const Words = z.string('write it in words').min(1);

/** How one language writes a term: `also` are longer wordings that are right, `not` are those that no sentence may use. */
const Wording = z.strictObject({
  term: Words,
  also: z.array(Words).min(1).optional(),
  not: z.array(Words).min(1).optional(),
});
export type Wording = z.infer<typeof Wording>;

/** `knowledge/glossary.yaml`: one name for one thing, in each language. */
export const Glossary = z.strictObject({
  terms: z.array(z.strictObject({ id: Id, en: Wording, ja: Wording })).min(1),
});
export type Glossary = z.infer<typeof Glossary>['terms'];
