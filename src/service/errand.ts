import type { Comment, CommentDelivery } from '../handoff/comment.ts';
import { type Seal, sealComment, sealTicket } from '../handoff/seal.ts';
import type { Ticket, TicketDelivery } from '../handoff/ticket.ts';
import type { DeskFailure, DeskLimits, Repeating, TicketDesk } from '../ports/ticket-desk.ts';
import type { TicketLink } from '../ports/ticket-store.ts';
import { echoOf } from './echo.ts';
import type { TicketOutcome } from './ticket-outcome.ts';

/** What came of an errand so far. */
export type Told =
  | { readonly kind: 'created'; readonly ticket: TicketLink }
  | { readonly kind: 'delayed'; readonly tries: number }
  | { readonly kind: 'held' | 'dead'; readonly reason: string };

type Untimed<Outcome> = Outcome extends unknown ? Omit<Outcome, 'at' | 'desk'> : never;

/** Something that is to be at a desk once: a ticket, or a comment in one. */
export interface Errand {
  /** Under which its record is kept. */
  readonly reference: string;
  readonly conversation: string;
  readonly abilities: Repeating;
  /** How long it is tried before it is given up. */
  readonly tryForMs: number;
  /** Of a comment: see `TicketRecord`. */
  readonly echo?: string;
  /** Why it must not leave; undefined where it may. */
  flaw(): string | undefined;
  send(): Promise<{ readonly kind: 'created'; readonly ticket: TicketLink } | DeskFailure>;
  /** Where an earlier send made it, the oldest first. */
  look(): Promise<{ readonly kind: 'found'; readonly tickets: readonly TicketLink[] } | DeskFailure>;
  /** What goes after it; absent where nothing does. */
  attach?(link: TicketLink): Promise<{ readonly kind: 'attached' } | DeskFailure>;
  /** What the conversation hears of it; undefined where nothing. */
  outcomeOf(told: Told): Untimed<TicketOutcome> | undefined;
}

/** Source: our ticket desk research, 3.2: a creation is tried for a day, a comment for six hours. */
export const ticketTryForMs = 24 * 60 * 60_000;
export const commentTryForMs = 6 * 60 * 60_000;

/** To make a ticket. */
export function ticketErrand(desk: TicketDesk, { ticket, conversation }: TicketDelivery): Errand {
  const { reference, files } = ticket;
  const attach = files.length === 0 ? undefined : desk.attach;
  return {
    reference,
    conversation,
    abilities: desk.abilities,
    tryForMs: ticketTryForMs,
    flaw: () => secretIn(sealTicket(ticket)) ?? overLimit(ticket, desk.abilities.limits),
    send: () => desk.create(ticket),
    look: () => desk.find(ticket),
    ...(attach === undefined ? {} : { attach: (link: TicketLink) => attach(link, ticket) }),
    outcomeOf: (told) => ({ conversation, reference, ...told }),
  };
}

/**
 * To add a comment to the ticket at `link`; where that is not known, to the one the desk finds by its reference. A refusal is given
 * back to whoever wrote it at once: it may hold for this ticket alone, and the desk goes on taking others.
 */
export function commentErrand(
  desk: TicketDesk,
  { comment, conversation }: CommentDelivery,
  link: TicketLink | null,
): Errand {
  const { reference, ticket, createdAt, body } = comment;
  const at = () => placeOf(desk, comment, link);
  return {
    reference,
    conversation,
    abilities: desk.abilities.comments,
    tryForMs: commentTryForMs,
    flaw: () => secretIn(sealComment(comment)),
    echo: echoOf(body),
    async send() {
      const place = await at();
      if (place.kind !== 'there') return place;
      const sent = await desk.comment(place.link, comment);
      return sent.kind === 'commented' ? { kind: 'created', ticket: place.link } : forThisTicket(sent);
    },
    async look() {
      const place = await at();
      if (place.kind !== 'there') return place;
      const looked = await desk.hasComment(place.link, comment);
      return looked.kind === 'looked'
        ? { kind: 'found', tickets: looked.there ? [place.link] : [] }
        : forThisTicket(looked);
    },
    outcomeOf(told) {
      if (told.kind === 'delayed') return undefined;
      const fate = told.kind === 'created' ? 'arrived' : told.kind === 'held' ? 'held' : 'lost';
      return { conversation, reference: ticket, kind: 'answer', comment: reference, fate, answeredAt: createdAt };
    },
  };
}

function forThisTicket(failure: DeskFailure): DeskFailure {
  return failure.kind === 'closed' ? { ...failure, kind: 'rejected' } : failure;
}

/**
 * A desk that cannot be asked knows its tickets by our reference. One that can is asked even where the id is known: under the
 * desk's name there may be another system today, where that id is somebody else's ticket.
 */
async function placeOf(
  desk: TicketDesk,
  { ticket, number }: Comment,
  known: TicketLink | null,
): Promise<{ readonly kind: 'there'; readonly link: TicketLink } | DeskFailure> {
  if (desk.abilities.find === 'none') return { kind: 'there', link: known ?? { id: ticket, number: null, url: null } };
  if (desk.abilities.find === 'eventual' && known !== null) return { kind: 'there', link: known };
  const found = await desk.find({ reference: ticket, number });
  if (found.kind !== 'found')
    return found.kind === 'ambiguous' ? { ...found, kind: 'retryable' } : forThisTicket(found);
  const link = known === null ? found.tickets[0] : found.tickets.find(({ id }) => id === known.id);
  return link === undefined
    ? { kind: 'rejected', reason: 'the desk does not find the ticket' }
    : { kind: 'there', link };
}

function secretIn(seal: Seal): string | undefined {
  return seal.kind === 'unsafe' ? `a secret stands in: ${seal.parts.join(', ')}` : undefined;
}

/** What a desk would cut or refuse is not sent: the person has it to copy. */
function overLimit({ body, files }: Ticket, limits: DeskLimits): string | undefined {
  if (body.length > limits.body) return `the text has ${body.length} characters, the desk takes ${limits.body}`;
  const bytes = files.reduce((sum, { text }) => sum + new TextEncoder().encode(text).length, 0);
  return bytes > limits.filesBytes ? `the files have ${bytes} bytes, the desk takes ${limits.filesBytes}` : undefined;
}
