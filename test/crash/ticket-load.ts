import { newDeliveryId } from '../../adapters/ids.ts';
import type { Store } from '../../adapters/sql/store.ts';
import { handoffStep } from '../../src/handoff/steps.ts';
import { writeAddress, writeStartAddress } from '../../src/message/address.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';
import type { ClaimedDelivery, DeliveryResult, Destination } from '../../src/ports/outbox.ts';
import type { TicketDesk } from '../../src/ports/ticket-desk.ts';
import { createBot } from '../../src/service/bot.ts';
import { createTicketDestination } from '../../src/service/ticket-destination.ts';
import { knowledge, makLimit } from '../support/cases.ts';
import { deskNames, deskSettings, openDesks } from './desks.ts';
import type { Reach } from './failpoints.ts';
import type { Orders } from './orders.ts';

export interface TicketLoadParts {
  readonly orders: Orders;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly reach: Reach;
}

const mostSteps = 20;
const details = Object.fromEntries(
  Object.entries(makLimit.details).flatMap(([field, { value }]) => (value === null ? [] : [[field, value]])),
);

/** People who ask for a person, fill in what the ticket lacks, and send it; the desks and the place they write in. */
export function createTicketLoad({ orders, store, clock, log, reach }: TicketLoadParts) {
  const botOf = (id: string) =>
    createBot({
      store: store.conversations,
      workspaces: store.workspaces,
      knowledge: () => knowledge,
      handoff: deskSettings,
      clock,
      newDeliveryId,
      newConversationId: () => id,
    });
  const desks = openDesks(orders.vendors);
  const tickets = deskNames.map(
    (name): Destination => ({
      ...createTicketDestination({
        name,
        desk: mortal(desks[name], reach),
        tickets: store.tickets,
        clock,
        log,
        isSuperseded: async () => false,
        report: (outcome) => botOf(outcome.conversation).hear(outcome),
      }),
      // As much as comes: a crash is to meet many tickets, and the vendors are our own.
      pace: { atOnce: 16, most: 10_000, perMs: 1_000 },
    }),
  );
  return {
    destinations: [
      { name: 'terminal', deliver: (delivery: ClaimedDelivery) => show(orders.peer, delivery) },
      ...tickets,
    ],
    /** From wherever it stands to the ticket that is on its way. Each act comes again with its receipt after a crash. */
    async play(id: string): Promise<void> {
      const bot = botOf(id);
      for (let step = 0; step < mostSteps; step += 1) {
        const conversation = await store.conversations.load(id);
        const origin = {
          receipt: `${id}.${conversation?.turn ?? 0}`,
          actor: { id: 'U1', role: 'user' },
          workspace: 'terminal:crash',
          venue: 'here',
          locale: 'en',
        } as const;
        if (conversation === undefined) {
          await bot.press(origin, beginning);
          continue;
        }
        const { turn, handoff, asked } = conversation;
        const at = (choice: string, shownIn = turn) =>
          writeAddress({ conversation: id, turn: shownIn, step: handoffStep, choice });
        if (handoff?.stage === 'gathering') {
          const submission = await bot.submit(origin, at('fill'), { ...details, customer: deskOf(id) });
          if (submission.kind === 'problems') throw new Error(JSON.stringify(submission.problems));
        } else if (handoff?.stage === 'preview') await bot.press(origin, at('send', asked[handoffStep]));
        else return;
      }
      throw new Error(`${id} was not sent in ${mostSteps} steps`);
    },
  };
}

const beginning = writeStartAddress({
  kind: 'person',
  subject: '0xC004C020',
  facts: [
    { question: 'key-channel', value: 'mak', origin: 'said' },
    { question: 'installed-version', value: '2019', origin: 'said' },
    { question: 'installed-edition', value: 'standard', origin: 'said' },
  ],
});

function deskOf(id: string): string {
  return deskNames[id.charCodeAt(0) % deskNames.length] ?? deskNames[0];
}

/** A desk around whose calls the process can die. */
function mortal(desk: TicketDesk, reach: Reach): TicketDesk {
  return {
    ...desk,
    async create(ticket) {
      reach('before-creating');
      const created = await desk.create(ticket);
      reach('created');
      return created;
    },
    async find(ticket) {
      const found = await desk.find(ticket);
      reach('looked');
      return found;
    },
  };
}

/** The place of a conversation: the peer keeps what its one card says. */
async function show(peer: string, { content }: ClaimedDelivery): Promise<DeliveryResult> {
  if (content.kind !== 'status') return { kind: 'delivered' };
  try {
    const { status } = await fetch(new URL('card', peer), {
      method: 'POST',
      body: JSON.stringify({ conversation: content.conversation, message: content.message }),
    });
    return status === 200 ? { kind: 'delivered' } : { kind: 'retryable', reason: String(status) };
  } catch {
    return { kind: 'ambiguous', reason: 'the peer hung up' };
  }
}
