import type { Comment } from '../../../src/handoff/comment.ts';
import type { Ticket } from '../../../src/handoff/ticket.ts';
import type { DeliveryResult } from '../../../src/ports/outbox.ts';
import type { TicketDesk } from '../../../src/ports/ticket-desk.ts';
import type { TicketRecord, TicketStore } from '../../../src/ports/ticket-store.ts';
import { createTicketDestination } from '../../../src/service/ticket-destination.ts';
import type { TicketOutcome } from '../../../src/service/ticket-outcome.ts';
import { MemoryTickets } from '../memory-tickets.ts';
import type { TestClock } from './vendor.ts';

/** Where the process may die. `before save 2` is after the desk has answered and before that is written. */
export const killPoints = [
  'before save 1',
  'after save 1',
  'before save 2',
  'after save 2',
  'before report',
  'after report',
] as const;
export type KillPoint = (typeof killPoints)[number];

export interface Trial {
  readonly desk: TicketDesk;
  readonly clock: TestClock;
  readonly ticket: Ticket;
  /** What is delivered instead, where the ticket is there already. */
  readonly comment?: Comment;
  /** What was stored before. */
  readonly tickets?: MemoryTickets;
  /** One process after the other dies at these. */
  readonly kills: readonly KillPoint[];
}

export interface TrialEnd {
  readonly result: DeliveryResult;
  readonly record: TicketRecord | undefined;
  readonly outcomes: readonly TicketOutcome[];
}

const mostTries = 400;
const backoffMs = 60_000;
const silent = { info() {}, warn() {}, error() {} };

/** Delivers as the outbox does, over crashes, until the delivery is settled. What is stored survives; a process does not. */
export async function deliverToTheEnd({
  desk,
  clock,
  ticket,
  comment,
  tickets = new MemoryTickets(),
  kills,
}: Trial): Promise<TrialEnd> {
  const content =
    comment === undefined
      ? { kind: 'ticket', conversation: 'c', ticket }
      : { kind: 'comment', conversation: 'c', comment };
  const outcomes: TicketOutcome[] = [];
  const deaths = [...kills];
  let process = startProcess({ desk, clock, tickets, outcomes, dieAt: deaths.shift() });
  for (let attempt = 0; attempt < mostTries; attempt += 1) {
    const delivery = {
      id: 'd',
      lane: 'l',
      destination: 'desk:contract',
      due: '',
      attempts: attempt,
      ambiguous: false,
      content,
    };
    const result = await Promise.race([process.destination.deliver(delivery as never), process.died]);
    if (result === 'died') process = startProcess({ desk, clock, tickets, outcomes, dieAt: deaths.shift() });
    else if (result.kind === 'delivered' || result.kind === 'rejected')
      return { result, record: await tickets.load((comment ?? ticket).reference, 'contract'), outcomes };
    clock.advance(result !== 'died' && result.kind === 'throttled' ? result.retryAfterMs : backoffMs);
  }
  throw new Error('the delivery was never settled');
}

interface ProcessParts {
  readonly desk: TicketDesk;
  readonly clock: TestClock;
  readonly tickets: TicketStore;
  readonly outcomes: TicketOutcome[];
  readonly dieAt: KillPoint | undefined;
}

function startProcess({ desk, clock, tickets, outcomes, dieAt }: ProcessParts) {
  const { promise: died, resolve } = Promise.withResolvers<'died'>();
  let saves = 0;
  const pass = (point: KillPoint): Promise<void> => {
    if (point !== dieAt) return Promise.resolve();
    resolve('died');
    return new Promise(() => {});
  };
  const mortal: TicketStore = {
    load: (reference, name) => tickets.load(reference, name),
    async save(record) {
      saves += 1;
      if (saves <= 2) await pass(`before save ${saves as 1 | 2}`);
      const saved = await tickets.save(record);
      if (saves <= 2) await pass(`after save ${saves as 1 | 2}`);
      return saved;
    },
  };
  const report = async (outcome: TicketOutcome) => {
    await pass('before report');
    outcomes.push(outcome);
    await pass('after report');
  };
  return {
    died,
    destination: createTicketDestination({
      ...{ name: 'contract', desk, tickets: mortal, clock, log: silent, report },
      isSuperseded: async () => false,
    }),
  };
}
