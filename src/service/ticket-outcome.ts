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
);

/** The receipt of the event an outcome becomes: telling it twice changes nothing. */
export function receiptOfOutcome(outcome: TicketOutcome): string {
  return `ticket:${outcome.reference}:${outcome.desk}:${outcome.kind}`;
}
