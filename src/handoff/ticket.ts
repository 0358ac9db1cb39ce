import { z } from 'zod';
import { locales } from '../text/locale.ts';

/** A file that goes with a ticket. */
export const TicketFile = z.strictObject({
  name: z.string(),
  type: z.enum(['application/json', 'text/plain', 'text/markdown']),
  text: z.string(),
});
export type TicketFile = z.infer<typeof TicketFile>;

/**
 * One ticket as it will be sent, byte for byte the same over every try: what is learnt later becomes a comment.
 * `reference` is for machines (at most 100 characters), `number` for people: it stands in subject and body.
 */
export const Ticket = z.strictObject({
  reference: z.string().max(100),
  number: z.string(),
  locale: z.enum(locales),
  subject: z.string(),
  body: z.string(),
  severity: z.literal([1, 2, 3, 4]),
  requester: z.strictObject({ name: z.string(), email: z.string() }),
  files: z.array(TicketFile),
  createdAt: z.string(),
});
export type Ticket = z.infer<typeof Ticket>;
/** One ticket on its way to a desk: the content of an outbox row whose destination is the desk. */
export const TicketDelivery = z.strictObject({ kind: z.literal('ticket'), conversation: z.string(), ticket: Ticket });
export type TicketDelivery = z.infer<typeof TicketDelivery>;
export type Severity = Ticket['severity'];
