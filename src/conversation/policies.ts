import type { Knowledge } from '../knowledge/knowledge.ts';
import { paths } from '../knowledge/schema/error-code.ts';
import { policies as licensingPolicies } from '../licensing/policies.ts';
import type { Verdict } from '../licensing/verdict.ts';
import type { FactValue } from './fact.ts';

/** A policy as a flow sees it: it computes a fact from facts, and a verdict where a licensing rule speaks. */
export interface FlowPolicy {
  readonly needs: readonly string[];
  readonly results: readonly string[];
  readonly run: (
    knowledge: Knowledge,
    facts: ReadonlyMap<string, FactValue>,
    at: string,
  ) => { readonly value: string; readonly verdict: Verdict | null };
}

/** The way of the diagnosis that the code of this round leads into; `other` for one that is unknown or not said. */
const codePath: FlowPolicy = {
  needs: ['error-code'],
  results: paths,
  run: ({ codes }, facts) => ({ value: codes.get(String(facts.get('error-code')))?.path ?? 'other', verdict: null }),
};

/** Every policy a flow can name. */
export const flowPolicies: Readonly<Record<string, FlowPolicy>> = { ...licensingPolicies, 'code-path': codePath };
