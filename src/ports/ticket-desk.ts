import type { Comment } from '../handoff/comment.ts';
import type { Ticket } from '../handoff/ticket.ts';
import type { TicketLink } from './ticket-store.ts';

/** How far something that was sent is safe from being there twice. Declared, never guessed at run time. */
export interface Repeating {
  /** How long after the first send the same reference makes no second one: 0 never, Infinity for ever. */
  readonly repeatSafeMs: number;
  /** Whether it is found by our reference: at once, after `findLagMs`, or not at all. */
  readonly find: 'strong' | 'eventual' | 'none';
  readonly findLagMs: number;
  /** How long after a send without an answer it may still come into being. */
  readonly settleMs: number;
}

/** What a ticket desk can and cannot do: with tickets, and with the comments in them. */
export interface DeskAbilities extends Repeating {
  readonly comments: Repeating;
  readonly limits: DeskLimits;
}

/** In characters, and bytes of all files together. */
export interface DeskLimits {
  readonly subject: number;
  readonly body: number;
  readonly filesBytes: number;
}

/** Why a desk did not do it. Only `ambiguous` may have done it after all. */
export type DeskFailure =
  | { readonly kind: 'rejected'; readonly reason: string }
  /** Nothing will be taken until somebody changes the desk or its configuration: wrong password, disabled. */
  | { readonly kind: 'closed'; readonly reason: string }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  | { readonly kind: 'retryable'; readonly reason: string }
  | { readonly kind: 'ambiguous'; readonly reason: string };

/** A system that takes tickets. No member throws: a fault is a result. */
export interface TicketDesk {
  readonly abilities: DeskAbilities;
  create(ticket: Ticket): Promise<{ readonly kind: 'created'; readonly ticket: TicketLink } | DeskFailure>;
  /** Every ticket that carries the reference, the oldest first. */
  find(
    ticket: Pick<Ticket, 'reference' | 'number'>,
  ): Promise<{ readonly kind: 'found'; readonly tickets: readonly TicketLink[] } | DeskFailure>;
  /** Adds the files where `create` cannot carry them. May be called again: what is there is not added twice. */
  attach?(link: TicketLink, ticket: Ticket): Promise<{ readonly kind: 'attached' } | DeskFailure>;
  /** Adds a comment to the ticket, for everybody who may read the ticket. */
  comment(link: TicketLink, comment: Comment): Promise<{ readonly kind: 'commented' } | DeskFailure>;
  /** Whether the ticket has the comment, by its mark. Where `abilities.comments.find` is `none` nobody asks. */
  hasComment(
    link: TicketLink,
    comment: Comment,
  ): Promise<{ readonly kind: 'looked'; readonly there: boolean } | DeskFailure>;
  /** A cheap call that proves address and credentials, and changes nothing. */
  probe(): Promise<{ readonly kind: 'well' } | DeskFailure>;
}
