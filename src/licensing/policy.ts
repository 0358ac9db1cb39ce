import type { Cals } from '../knowledge/schema/cals.ts';
import type { Editions } from '../knowledge/schema/editions.ts';
import type { Verdict } from './verdict.ts';

/** The tables the rules are computed over. */
export interface LicensingTables {
  readonly editions: Editions;
  readonly cals: Cals;
}

/** Question id → answer. An answer may be missing or `unsure`. */
export type Facts = ReadonlyMap<string, string | number>;

/** What a policy computes: the value that routes compare, and the verdict that is shown. */
export interface Computed {
  readonly value: string;
  readonly verdict: Verdict;
}

/** A licensing rule with a name. It never throws: what it does not know makes it answer `depends` or `unknown`. */
export interface Policy {
  /** The questions it cannot do without. */
  readonly needs: readonly string[];
  /** The questions that sharpen it. */
  readonly optional?: readonly string[];
  /** Every value it can compute. */
  readonly results: readonly string[];
  /** `at` is the day, or moment, it is computed for, in ISO 8601. */
  readonly run: (tables: LicensingTables, facts: Facts, at: string) => Computed;
}

/** The value of a policy whose routes compare the verdict itself. */
export function byVerdict(verdict: Verdict): Computed {
  return { value: verdict.verdict, verdict };
}
