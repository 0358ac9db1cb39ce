import { z } from 'zod';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Question } from '../knowledge/schema/flow.ts';
import { unsure } from '../knowledge/schema/ids.ts';

export const origins = ['said', 'read', 'from-code', 'inferred'] as const;
export type Origin = (typeof origins)[number];

/**
 * One thing known about a request. Facts are only appended: the newest for a question wins, and `value: null` withdraws
 * the one before. `turn` is the turn that learnt it, `by` the actor who said or pasted it.
 */
export const Fact = z.strictObject({
  question: z.string(),
  value: z.union([z.string(), z.number(), z.null()]),
  origin: z.enum(origins),
  turn: z.number(),
  by: z.string(),
  at: z.string(),
});
export type Fact = z.infer<typeof Fact>;
export type FactValue = string | number;

/** Whether a stored or offered value still is an answer to the question as the knowledge has it today. */
export function isAnswer(question: Question, value: FactValue): boolean {
  if (value === unsure) return true;
  switch (question.asks) {
    case 'choice':
      return question.choices?.includes(String(value)) ?? false;
    case 'number':
      return (
        typeof value === 'number' &&
        Number.isSafeInteger(value) &&
        value >= 0 &&
        value <= (question.max ?? Number.MAX_SAFE_INTEGER)
      );
    case 'text':
      return typeof value === 'string' && value !== '' && value.length <= (question.max ?? 200);
    case 'code':
      return typeof value === 'string' && /^0x[0-9A-F]{8}$/.test(value);
    default:
      return question.asks satisfies never;
  }
}

/**
 * The facts that count now: the newest of each question, without the withdrawn, without momentary ones of earlier rounds
 * and without those the knowledge no longer understands.
 */
export function factsOf(
  knowledge: Knowledge,
  facts: readonly Fact[],
  roundSince: number,
): ReadonlyMap<string, Fact & { value: FactValue }> {
  const current = new Map<string, Fact & { value: FactValue }>();
  for (const fact of facts) {
    const question = knowledge.questions.get(fact.question);
    if (question === undefined || (!question.lasting && fact.turn < roundSince)) continue;
    if (isKnown(fact) && isAnswer(question, fact.value)) current.set(fact.question, fact);
    else current.delete(fact.question);
  }
  return current;
}

function isKnown(fact: Fact): fact is Fact & { value: FactValue } {
  return fact.value !== null;
}
