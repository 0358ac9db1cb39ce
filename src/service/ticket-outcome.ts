import type { Event } from '../conversation/event.ts';
import type { AnswerFate, AnswerNews, DeskWord, TicketNews, ToldStage } from '../conversation/handoff-state.ts';
import { generationOf } from '../handoff/case-number.ts';
import type { TicketLink } from '../ports/ticket-store.ts';

/** What became of a ticket. Returns to the conversation as an event; the same outcome may be told again. */
export type TicketOutcome = {
  readonly conversation: string;
  readonly reference: string;
  readonly desk: string;
  readonly at: string;
} & (
  | { readonly kind: 'created'; readonly ticket: TicketLink }
  /** The desk does not take it yet; it is tried on. */
  | { readonly kind: 'delayed'; readonly tries: number }
  | { readonly kind: 'held'; readonly reason: string }
  | { readonly kind: 'dead'; readonly reason: string }
  /** What became of the comment of that reference. */
  | { readonly kind: 'answer'; readonly comment: string; readonly fate: AnswerFate; readonly answeredAt: string }
  /** The desk's people said something, under the desk's own id of it. `word` is redacted. */
  | { readonly kind: 'told'; readonly id: string; readonly stage: ToldStage; readonly word: DeskWord }
);

/** The event an outcome becomes, under a receipt that is the same however often it is told. */
export function toldOf(outcome: TicketOutcome): {
  readonly receipt: string;
  readonly conversation: string;
  readonly event: Event;
} {
  const { conversation, reference, desk, at } = outcome;
  return {
    receipt: receiptOf(outcome),
    conversation,
    event: {
      kind: 'heard',
      generation: generationOf(reference),
      news: newsOf(outcome),
      actor: { id: `desk:${desk}`, role: 'user' },
      at,
    },
  };
}

function receiptOf(outcome: TicketOutcome): string {
  const { reference, desk, kind } = outcome;
  if (kind === 'told') return `desk:${desk}:${outcome.id}`;
  if (kind === 'answer') return `ticket:${outcome.comment}:${desk}:${outcome.fate}`;
  return `ticket:${reference}:${desk}:${kind}${kind === 'delayed' ? `:${outcome.tries}` : ''}`;
}

function newsOf(outcome: TicketOutcome): TicketNews | AnswerNews {
  switch (outcome.kind) {
    case 'created':
      return { kind: 'created', ticket: { number: outcome.ticket.number, url: outcome.ticket.url } };
    case 'delayed':
      return { kind: 'delayed', tries: outcome.tries };
    case 'held':
    case 'dead':
      return { kind: outcome.kind };
    case 'answer':
      return { kind: 'answer', fate: outcome.fate, desk: outcome.desk, answeredAt: outcome.answeredAt };
    case 'told':
      return { kind: outcome.stage, word: outcome.word };
    default:
      return outcome satisfies never;
  }
}
