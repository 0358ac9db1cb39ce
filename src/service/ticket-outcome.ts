import type { Event } from '../conversation/event.ts';
import type { DeskWord, TicketNews, ToldStage } from '../conversation/handoff-state.ts';
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
  /** The desk's people said something, under the desk's own id of it. `word` is redacted. */
  | { readonly kind: 'told'; readonly id: string; readonly stage: ToldStage; readonly word: DeskWord }
);

/** The event an outcome becomes, under a receipt that is the same however often it is told. */
export function toldOf(outcome: TicketOutcome): {
  readonly receipt: string;
  readonly conversation: string;
  readonly event: Event;
} {
  const { conversation, reference, desk, kind, at } = outcome;
  return {
    receipt: kind === 'told' ? `desk:${desk}:${outcome.id}` : `ticket:${reference}:${desk}:${kind}`,
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

function newsOf(outcome: TicketOutcome): TicketNews {
  switch (outcome.kind) {
    case 'created':
      return { kind: 'created', ticket: { number: outcome.ticket.number, url: outcome.ticket.url } };
    case 'delayed':
      return { kind: 'delayed', tries: outcome.tries };
    case 'held':
    case 'dead':
      return { kind: outcome.kind };
    case 'told':
      return { kind: outcome.stage, word: outcome.word };
    default:
      return outcome satisfies never;
  }
}
