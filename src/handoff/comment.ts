import { z } from 'zod';
import { locales } from '../text/locale.ts';

/**
 * What somebody answers a desk, as it will stand in the ticket, byte for byte the same over every try.
 * `mark` is in the body and tells it from every other comment; `ticket` is the reference of the ticket it belongs to.
 */
export const Comment = z.strictObject({
  reference: z.string().max(120),
  ticket: z.string().max(100),
  number: z.string(),
  mark: z.string(),
  locale: z.enum(locales),
  /** The subject of the ticket. */
  subject: z.string(),
  body: z.string(),
  requester: z.strictObject({ name: z.string(), email: z.string() }),
  createdAt: z.string(),
});
export type Comment = z.infer<typeof Comment>;

/** One comment on its way to a desk: the content of an outbox row whose destination is the desk. */
export const CommentDelivery = z.strictObject({
  kind: z.literal('comment'),
  conversation: z.string(),
  comment: Comment,
});
export type CommentDelivery = z.infer<typeof CommentDelivery>;

/** The reference of the comment that a turn of the conversation made. */
export function commentReference(ticket: string, turn: number): string {
  return `${ticket}:answer-${turn}`;
}

/** For the body of that comment. The brackets end it: no mark is the beginning of another. */
export function commentMark(number: string, turn: number): string {
  return `[${number}-${turn}]`;
}

/** The turn whose mark stands last in a text. */
export function turnMarked(text: string): number | undefined {
  const last = [...text.matchAll(/\[LIC-[A-Z]{10}-(\d{1,6})\]/g)].at(-1);
  return last && Number(last[1]);
}
