import { openSync, writeSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { newConversationId } from '../../adapters/ids.ts';
import { migrate } from '../../adapters/sql/migrations/migrate.ts';
import { openDatabase, type Store } from '../../adapters/sql/store.ts';
import { timer } from '../../adapters/timer.ts';
import type { Log } from '../../src/ports/log.ts';
import type { ClaimedDelivery, DeliveryResult } from '../../src/ports/outbox.ts';
import { createDeliverer } from '../../src/service/deliver.ts';
import { conversation, delivery } from '../sql/samples.ts';
import { dieAt, storeWithFailpoints } from './failpoints.ts';
import { type JournalLine, Orders } from './orders.ts';
import { createTicketLoad } from './ticket-load.ts';

/** A pace the deliveries can follow: otherwise the end has to wait for all that has piled up. */
const pauseMs = 40;

/** One process under load: commits turns, acknowledges them in its journal, and delivers to the peer until it is killed. */
const orders = Orders.parse(JSON.parse(process.env.CRASH_ORDERS ?? ''));
const reach = dieAt(orders.dieAt);
const journalFile = openSync(orders.journal, 'a');
const log: Log = {
  info() {},
  warn() {},
  error: (fields, message) => process.stderr.write(`${message} ${JSON.stringify(fields)}\n`),
};
const begun = Date.now();
const clock = { now: () => new Date(begun + orders.aheadMs + (Date.now() - begun) * orders.speed) };

const database = await openDatabase(orders.url, log);
await migrate(database);
const store = storeWithFailpoints(database, reach);
const ticketLoad = createTicketLoad({ orders, store, clock, log, reach });
const deliverer = createDeliverer({
  outbox: store.outbox,
  destinations: [{ name: 'slack', deliver }, ...ticketLoad.destinations],
  clock,
  timer: { sleep: (ms, signal) => timer.sleep(ms / orders.speed, signal) },
  random: Math.random,
  log,
  owner: `${orders.round}-${process.pid}`,
});
deliverer.start();
process.stdout.write('ready\n');
for (const { receipt, conversation: id } of orders.unacknowledged) await handle(receipt, id);
for (const id of orders.unsent) await want(id);
if (orders.mode === 'drain') {
  while (await waiting(store)) await wait(50);
  await deliverer.stop();
  await store.close();
} else {
  const wishes = Array.from({ length: 3 }, () => wantTickets());
  await Promise.all([...Array.from({ length: 6 }, (_, worker) => work(worker)), ...wishes]);
}

async function work(worker: number): Promise<never> {
  for (let count = 0; ; count += 1) {
    await handle(`r${orders.round}.${process.pid}.${worker}.${count}`, `c${Math.floor(Math.random() * 8)}`);
    await wait(pauseMs);
  }
}

async function wantTickets(): Promise<never> {
  for (;;) {
    await want(newConversationId());
    await wait(pauseMs);
  }
}

/** Somebody wants a ticket, and goes on until it is on its way. */
async function want(id: string): Promise<void> {
  note({ word: 'wanted', conversation: id });
  await ticketLoad.play(id);
  note({ word: 'on-its-way', conversation: id });
}

/** What an adapter does with an event: it is acknowledged when its turn is committed, or was before. */
async function handle(receipt: string, id: string): Promise<void> {
  note({ word: 'sent', receipt, conversation: id });
  for (;;) {
    const version = (await store.conversations.load(id))?.turn ?? 0;
    const number = version + 1;
    const at = clock.now().toISOString();
    const result = await store.conversations.commit({
      version,
      conversation: conversation(id, number, { lastAt: at }),
      event: { kind: 'resumed', actor: { id: receipt, role: 'user' }, at },
      receipt,
      deliveries: ['a', 'b'].map((part) => ({ ...delivery(`${id}.${number}.${part}`, id, { due: at }) })),
    });
    if (result !== 'stale') break;
  }
  note({ word: 'acknowledged', receipt, conversation: id });
}

async function deliver({ id, lane, ambiguous }: ClaimedDelivery): Promise<DeliveryResult> {
  const turn = Number(id.split('.')[1]);
  reach('before-sending');
  const answer = fetch(orders.peer, {
    method: 'POST',
    body: JSON.stringify({ id, lane, turn, ambiguous, round: orders.round }),
  });
  if (orders.dieAt?.point === 'sent') await wait(20);
  reach('sent');
  try {
    const { status } = await answer;
    reach('answered');
    if (status === 429) return { kind: 'throttled', retryAfterMs: 20 };
    return status === 200 ? { kind: 'delivered' } : { kind: 'retryable', reason: String(status) };
  } catch {
    return { kind: 'ambiguous', reason: 'the peer hung up' };
  }
}

/** To a file, by a write that is over when it returns: what stands there survives the kill. */
function note(line: JournalLine): void {
  writeSync(journalFile, `${JSON.stringify(line)}\n`);
}

async function waiting({ database }: Store): Promise<boolean> {
  return (
    (await database.read(database.sql.selectFrom('outbox').select('id').where('state', '=', 'waiting').limit(1)))
      .length > 0
  );
}
