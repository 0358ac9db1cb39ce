import type { Knowledge } from '../knowledge/knowledge.ts';
import { policies } from './policies.ts';
import type { Facts, Policy } from './policy.ts';
import type { Verdict } from './verdict.ts';

/** A case that two sets of tables judge differently. */
export interface ChangedVerdict {
  readonly policy: string;
  readonly facts: Facts;
  readonly before: Verdict;
  readonly after: Verdict;
}

/** Numbers on both sides of every limit that the rules have had. */
const numbers = [0, 1, 2, 3, 4, 5, 8, 10, 15, 16, 24, 25, 26, 50, 51, 89, 90, 120, 121];

/**
 * Runs every policy over both knowledges on the same cases: each two of its questions with every answer, the others with their
 * first one. Judged for the moment `at`.
 */
export function changedVerdicts(before: Knowledge, after: Knowledge, at: string): readonly ChangedVerdict[] {
  return Object.entries(policies).flatMap(([policy, { run, ...questions }]) =>
    casesOf(questions, after).flatMap((facts): readonly ChangedVerdict[] => {
      const [old, next] = [run(before, facts, at).verdict, run(after, facts, at).verdict];
      return JSON.stringify(old) === JSON.stringify(next) ? [] : [{ policy, facts, before: old, after: next }];
    }),
  );
}

function casesOf({ needs, optional = [] }: Omit<Policy, 'run'>, knowledge: Knowledge): readonly Facts[] {
  const answers = [...needs, ...optional].map((question) => answersTo(question, knowledge));
  const first = answers.flatMap((all) => all.slice(0, 1));
  const pairs = answers.flatMap((left, index) => [
    ...left.map((answer) => [answer]),
    ...answers.slice(index + 1).flatMap((right) => left.flatMap((one) => right.map((other) => [one, other]))),
  ]);
  return pairs.map((given) => new Map([...first, ...given]));
}

function answersTo(question: string, { questions }: Knowledge): readonly (readonly [string, string | number])[] {
  const { asks, choices = [] } = questions.get(question) ?? { asks: 'text' };
  return (asks === 'number' ? numbers : choices).map((answer) => [question, answer]);
}
