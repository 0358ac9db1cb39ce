import type { Knowledge } from '../knowledge/knowledge.ts';
import { policies } from '../licensing/policies.ts';
import type { Verdict } from '../licensing/verdict.ts';
import { readCalQuestion } from '../reading/cal-question.ts';
import { nearCodes } from '../reading/near-codes.ts';
import { understand } from '../reading/understand.ts';
import type { Opening } from './event.ts';
import { type FactValue, isAnswer } from './fact.ts';

/** What is said first to a text, before there is a conversation or beside one. `opening` is what *Start* takes up. */
export type FirstAnswer =
  | { readonly kind: 'code'; readonly code: string; readonly others: readonly string[]; readonly opening: Opening }
  | { readonly kind: 'unknown-code'; readonly code: string; readonly near: readonly string[]; readonly opening: Opening }
  | { readonly kind: 'malformed-code'; readonly written: string; readonly near: readonly string[] }
  | { readonly kind: 'verdict'; readonly verdict: Verdict; readonly opening: Opening }
  | { readonly kind: 'topic'; readonly opening: Opening }
  | { readonly kind: 'menu' }
  | { readonly kind: 'not-understood' };

type Fact = readonly [question: string, value: FactValue];

/** The best answer to a text nobody has asked for: a code's card, a rule's verdict, the way into a flow. Writes nothing. */
export function firstAnswer(knowledge: Knowledge, text: string, at: string): FirstAnswer {
  if (text.trim() === '') return { kind: 'menu' };
  const { codes, facts, malformed } = understand(knowledge, text);
  const [code, ...others] = codes;
  if (code !== undefined) return answerCode(knowledge, code, facts, others);
  if (malformed !== undefined) return { kind: 'malformed-code', ...malformed };
  if (facts.length > 0) return answerFlow('activation', facts);
  const cal = readCalQuestion(text);
  return cal === undefined ? { kind: 'not-understood' } : answerCals(knowledge, cal, at);
}

/** The same answer again from what a card's button carries: its subject (a code, a flow, `menu`) and the facts read. */
export function answerTo(knowledge: Knowledge, subject: string, carried: readonly (readonly [string, string])[], at: string): FirstAnswer {
  const facts = carried.flatMap(([question, text]): Fact[] => {
    const known = knowledge.questions.get(question);
    const value = known?.asks === 'number' && text !== 'unsure' ? Number(text) : text;
    return known !== undefined && isAnswer(known, value) ? [[question, value]] : [];
  });
  if (/^0x[0-9A-F]{8}$/.test(subject)) return answerCode(knowledge, subject, [['error-code', subject], ...facts], []);
  if (subject === 'cal') return answerCals(knowledge, new Map(facts), at);
  return knowledge.flows.has(subject) ? answerFlow(subject, facts) : { kind: 'menu' };
}

function answerCode(knowledge: Knowledge, code: string, facts: readonly Fact[], others: readonly string[]): FirstAnswer {
  const opening = openingOf('activation', facts);
  return knowledge.codes.has(code)
    ? { kind: 'code', code, others, opening }
    : { kind: 'unknown-code', code, near: nearCodes(knowledge.codes.keys(), code), opening };
}

function answerCals(knowledge: Knowledge, facts: ReadonlyMap<string, FactValue>, at: string): FirstAnswer {
  const policy = policies['cal-covers-server'];
  const opening = openingOf('cal', [...facts]);
  if (policy === undefined || policy.needs.some((question) => !facts.has(question))) return { kind: 'topic', opening };
  return { kind: 'verdict', verdict: policy.run(knowledge, facts, at).verdict, opening };
}

function answerFlow(flow: string, facts: readonly Fact[]): FirstAnswer {
  return { kind: 'topic', opening: openingOf(flow, facts) };
}

function openingOf(flow: string, facts: readonly Fact[]): Opening {
  return { flow, facts: facts.map(([question, value]) => ({ question, value, origin: 'read' })) };
}
