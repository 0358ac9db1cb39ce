import { z } from 'zod';
import { failpoints } from './failpoints.ts';

/** What the harness tells a child, as JSON in its environment. */
export const Orders = z.strictObject({
  url: z.string(),
  peer: z.string(),
  /** The three ticket systems: two addresses and a port. */
  vendors: z.strictObject({ repeatable: z.string(), searched: z.string(), blind: z.number() }),
  /** The file to which it appends what it sent and what was acknowledged, a line each. */
  journal: z.string(),
  round: z.number(),
  /** How far its clock is ahead, so that the leases of the round before have run out. */
  aheadMs: z.number(),
  /** How fast its clock goes. */
  speed: z.number(),
  /** Events that were sent before and never acknowledged: a platform sends them again. */
  unacknowledged: z.array(z.strictObject({ receipt: z.string(), conversation: z.string() })),
  /** Conversations in which a ticket was wanted and is not known to be on its way. */
  unsent: z.array(z.string()),
  /** `load` goes on until it is killed; `drain` ends when nothing waits any more. */
  mode: z.enum(['load', 'drain']),
  dieAt: z.strictObject({ point: z.enum(failpoints), count: z.number() }).nullable(),
});
export type Orders = z.infer<typeof Orders>;

/** One line of a journal: an event that was sent and acknowledged, or a ticket that was wanted and is on its way. */
export const JournalLine = z.discriminatedUnion('word', [
  z.strictObject({ word: z.enum(['sent', 'acknowledged']), receipt: z.string(), conversation: z.string() }),
  z.strictObject({ word: z.enum(['wanted', 'on-its-way']), conversation: z.string() }),
]);
export type JournalLine = z.infer<typeof JournalLine>;

/** What a delivery tells the peer. */
export const Arrival = z.strictObject({
  id: z.string(),
  lane: z.string(),
  turn: z.number(),
  ambiguous: z.boolean(),
  round: z.number(),
});
export type Arrival = z.infer<typeof Arrival>;

/** What the card of a conversation says from now on. */
export const Card = z.strictObject({ conversation: z.string(), message: z.unknown() });
