import type { Problem } from '../../errors.ts';

/** Makes a problem of a place in a file: its keys from the top, and what its author does. */
export type ProblemAt = (file: string, path: readonly PropertyKey[], message: string) => Problem;

/** What a check needs to know of the policies, which live beyond the knowledge: what each needs and can compute. */
export type PolicyFacts = Readonly<
  Record<string, { readonly needs: readonly string[]; readonly results: readonly string[] }>
>;
