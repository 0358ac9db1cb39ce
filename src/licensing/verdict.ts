import type { Rule } from '../knowledge/schema/rules.ts';

export type VerdictKind = 'yes' | 'no' | 'depends' | 'unknown';

/** What a licensing rule says about a case. The sentences belong to the rule; the values fill them. */
export interface Verdict {
  readonly verdict: VerdictKind;
  /** An id of `knowledge/rules.yaml`. */
  readonly rule: string;
  /** Fill the sentences of the rule. */
  readonly values: Readonly<Record<string, string | number>>;
  /** Ids of the sentences under `changes`: what would change the verdict. */
  readonly changes: readonly string[];
}

/** Builds a verdict; most have neither values nor anything that would change them. */
export function verdictOf(
  verdict: VerdictKind,
  rule: string,
  values: Verdict['values'] = {},
  changes: readonly string[] = [],
): Verdict {
  return { verdict, rule, values, changes };
}

/** The verdict of a rule that holds without any facts; undefined for one that a policy computes. */
export function standingVerdict({ id, verdict }: Rule): Verdict | undefined {
  return verdict === undefined ? undefined : verdictOf(verdict, id);
}
