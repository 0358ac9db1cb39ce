import { appendAudit } from './audit-store.ts';
import { type Database, rowsOf, type Unit, writtenBy } from './database.ts';
import { forget } from './forget.ts';

/** How long each kind of thing is kept, in days since it was last touched. The audit is kept for good: it names nobody. */
export interface Lifetimes {
  /** A conversation with its turns, places and tickets, since its last turn. */
  readonly conversationDays: number;
  /** Proof that an event was handled; longer than any platform sends an event again. */
  readonly receiptDays: number;
  /** A delivery that was given up, since it was asked for. */
  readonly deadDeliveryDays: number;
}

/** What holds where DESK_CONFIG says nothing. */
export const defaultLifetimes: Lifetimes = { conversationDays: 365, receiptDays: 30, deadDeliveryDays: 90 };

export interface Expired {
  readonly conversations: number;
  readonly receipts: number;
  readonly deliveries: number;
}

const dayMs = 86_400_000;
/** A transaction takes no more than this, so that turns get in between. */
const batch = 200;

/** Removes what has outlived its time at `now`, and tells the audit how much it was. Run it daily; it may be run at any time. */
export async function expire(database: Database, lifetimes: Lifetimes, now: Date): Promise<Expired> {
  const before = (days: number) => now.getTime() - days * dayMs;
  const expired = {
    conversations: await inBatches(() => database.transact(forgetBefore(database, before(lifetimes.conversationDays)))),
    receipts: await inBatches(() => database.transact(dropReceipts(database, before(lifetimes.receiptDays)))),
    deliveries: await inBatches(() => database.transact(dropDead(database, before(lifetimes.deadDeliveryDays)))),
  };
  if (Object.values(expired).some((count) => count > 0)) {
    await database.transact(appendAudit(database, { kind: 'expired', at: now.toISOString(), detail: expired }));
  }
  return expired;
}

async function inBatches(removeSome: () => Promise<number>): Promise<number> {
  let total = 0;
  for (let removed = batch; removed === batch; total += removed) removed = await removeSome();
  return total;
}

function* forgetBefore(database: Database, before: number): Unit<number> {
  const { engine, sql } = database;
  const old = sql.selectFrom('conversation').select('id').where('last_at', '<', before).orderBy('last_at').limit(batch);
  // Locked, so that a turn committed at this moment is either seen here or finds its conversation gone.
  const ids = (yield* rowsOf(engine === 'postgres' ? old.forUpdate() : old)).map(({ id }) => id);
  yield* forget(database, ids);
  return ids.length;
}

function* dropReceipts({ sql }: Database, before: number): Unit<number> {
  const old = sql.selectFrom('receipt').select('receipt').where('at', '<', before).limit(batch);
  return yield* writtenBy(sql.deleteFrom('receipt').where('receipt', 'in', old));
}

function* dropDead({ sql }: Database, before: number): Unit<number> {
  const old = sql
    .selectFrom('outbox')
    .select('id')
    .where('state', '=', 'dead')
    .where('created_at', '<', before)
    .limit(batch);
  return yield* writtenBy(sql.deleteFrom('outbox').where('id', 'in', old));
}
