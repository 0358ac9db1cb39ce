import { z } from 'zod';
import { Id } from './ids.ts';

/** How people say one thing, in both languages. Compared without case, width, spacing and a final long-vowel mark. */
const Phrases = z.array(z.string('quote it: YAML reads some words and numbers as something else').min(1)).min(1);

/** `knowledge/terms.yaml`: the words that topics, refusals and the symptom search know, by their meaning. */
export const Terms = z.strictObject({ terms: z.record(Id, Phrases) });
export type Terms = z.infer<typeof Terms>['terms'];
