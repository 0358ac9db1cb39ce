import { z } from 'zod';
import { locales } from '../text/locale.ts';
import { Fact } from './fact.ts';
import { Claim, HandoffState } from './handoff-state.ts';

export const roundResults = ['fixed', 'still-failing', 'another-code', 'started-over'] as const;
export type RoundResult = (typeof roundResults)[number];

/** One attempt at the problem that is over: what the ticket calls *tried*. */
export const ClosedRound = z.strictObject({
  flow: z.string(),
  code: z.string().nullable(),
  outcome: z.string().nullable(),
  result: z.enum(roundResults),
  closedAt: z.string(),
});
export type ClosedRound = z.infer<typeof ClosedRound>;

/**
 * What is stored about one request for help. The position in a flow is not here: `walk` finds it from the facts.
 * `turn` counts the committed turns and is the version the store compares.
 */
export const Conversation = z.strictObject({
  shape: z.literal(1),
  id: z.string(),
  /** The tenant, as the adapter names it, after the platform's name: `slack:T1`, `discord:G1`, `terminal:local`. */
  workspace: z.string(),
  /** Where the adapter shall hold it; only the adapter reads it. */
  venue: z.string(),
  requester: z.string(),
  locale: z.enum(locales),
  turn: z.number(),
  state: z.enum(['open', 'closed']),
  /** Whether others in the place may answer for the requester. */
  others: z.boolean(),
  openedAt: z.string(),
  lastAt: z.string(),
  facts: z.array(Fact),
  /** The current round began with turn `since`, in `flow`. */
  round: z.strictObject({ flow: z.string(), since: z.number() }),
  closedRounds: z.array(ClosedRound),
  /** The step that stands asked. */
  prompt: z.string().nullable(),
  /** The turn of the newest prompt of each step: its message is the one to update. */
  asked: z.record(z.string(), z.number()),
  /** A change of an earlier answer that waits for a yes. */
  pending: z
    .strictObject({ step: z.string(), answers: z.record(z.string(), z.union([z.string(), z.number()])) })
    .nullable(),
  /** The desk that was named when a person was asked for. */
  person: z.strictObject({ desk: z.string(), at: z.string() }).nullable(),
  /** The case on its way to a desk. */
  handoff: HandoffState.nullable().default(null),
  claim: Claim.nullable().default(null),
});
export type Conversation = z.infer<typeof Conversation>;

/** Reads a stored conversation. Throws a ZodError when the row is not one: the store wraps it. */
export function parseConversation(stored: unknown): Conversation {
  return Conversation.parse(stored);
}
