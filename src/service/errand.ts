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

/** To add a comment to the ticket at `link`; where that is not known, to the one the desk finds by its reference. */
export function commentErrand(
  desk: TicketDesk,
  { comment, conversation }: CommentDelivery,
  link: TicketLink | null,
): Errand {
  const { reference, ticket, createdAt, body } = comment;
  const at = () => (link === null ? findTicket(desk, comment) : Promise.resolve({ kind: 'there', link } as const));
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
      return sent.kind === 'commented' ? { kind: 'created', ticket: place.link } : sent;
    },
    async look() {
      const place = await at();
      if (place.kind !== 'there') return place;
      const looked = await desk.hasComment(place.link, comment);
      return looked.kind === 'looked' ? { kind: 'found', tickets: looked.there ? [place.link] : [] } : looked;
    },
    outcomeOf(told) {
      if (told.kind === 'delayed') return undefined;
      const fate = told.kind === 'created' ? 'arrived' : told.kind === 'held' ? 'held' : 'lost';
      return { conversation, reference: ticket, kind: 'answer', comment: reference, fate, answeredAt: createdAt };
    },
  };
}

/** A desk that cannot be asked knows its tickets by our reference. */
async function findTicket(
  desk: TicketDesk,
  { ticket, number }: Comment,
): Promise<{ readonly kind: 'there'; readonly link: TicketLink } | DeskFailure> {
  if (desk.abilities.find === 'none') return { kind: 'there', link: { id: ticket, number: null, url: null } };
  const found = await desk.find({ reference: ticket, number });
  if (found.kind !== 'found') return found.kind === 'ambiguous' ? { ...found, kind: 'retryable' } : found;
  const [link] = found.tickets;
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
