import type { Conversation } from '../conversation/conversation.ts';
import type { Effect } from '../conversation/effect.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { nextForm, readGate } from './gate.ts';

/** The question of the flows that a ticket waits for; undefined where it waits for none. */
export function openQuestion(knowledge: Knowledge, conversation: Conversation): string | undefined {
  const { handoff } = conversation;
  if (handoff?.stage !== 'gathering') return undefined;
  const [need] = nextForm(readGate(knowledge, { ...handoff, conversation }));
  return need?.kind === 'question' ? need.question : undefined;
}

/** Asks a question of the flows for a ticket; its answer is a fact like any other. `left` counts those the ticket waits for. */
export function askQuestion(
  conversation: Conversation,
  question: string,
  left: number,
): { readonly kind: 'turn'; readonly conversation: Conversation; readonly effects: readonly Effect[] } {
  const { turn, asked } = conversation;
  return {
    kind: 'turn',
    conversation: { ...conversation, state: 'open', prompt: question, asked: { ...asked, [question]: turn } },
    effects: [{ kind: 'ask', step: question, questions: [question], progress: { answered: 0, total: left } }],
  };
}
