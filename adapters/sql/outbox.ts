import type { ExpressionBuilder, Selectable } from 'kysely';
import type {
  ClaimedDelivery,
  ClaimRequest,
  Delivery,
  DeliveryContent,
  Outbox,
  SettledDelivery,
} from '../../src/ports/outbox.ts';
import { type Database, execute, rowsOf, type Unit } from './database.ts';
import { preparedRows } from './prepared.ts';
import type { OutboxTable, Tables } from './tables.ts';

/** The outbox of one database. `onWake` hears the commits of this process and of others. */
export function createOutbox(database: Database, onWake: Outbox['onWake']): Outbox {
  const { sql } = database;
  return {
    onWake,
    claim: async (request) => {
      const rows = await database.transact(claimHeads(database, request));
      return rows.toSorted((a, b) => a.seq - b.seq).map(readDelivery);
    },
    settle: (id, owner, outcome) => database.transact(settleRow(database, id, owner, outcome)),
    release: (owner) =>
      database.transact(
        execute(
          sql
            .updateTable('outbox')
            .set({ lease_owner: null, lease_until: null, ambiguous: 1 })
            .where('lease_owner', '=', owner),
        ),
      ),
    renew: (ids, owner, until) =>
      database.transact(
        execute(
          sql
            .updateTable('outbox')
            .set({ lease_until: Date.parse(until) })
            .where('id', 'in', ids)
            .where('lease_owner', '=', owner),
        ),
      ),
    async nextDue(destinations) {
      const [row] = await database.read(
        sql
          .selectFrom('outbox as row')
          .select('row.next_at')
          .where('row.state', '=', 'waiting')
          .where('row.destination', 'in', destinations)
          .where('row.lease_owner', 'is', null)
          .where(isHead)
          .orderBy('row.next_at')
          .limit(1),
      );
      return row && new Date(row.next_at).toISOString();
    },
  };
}

/** Adds deliveries, in the transaction of the turn that asked for them at `at`. */
export function deliveryStatement(sql: Database['sql']) {
  const insert = preparedRows((rows: readonly NewRow[]) =>
    sql.insertInto('outbox').values(
      rows.map(({ id, lane, destination, conversation, content, due, created_at }) => ({
        ...{ id, lane, destination, conversation, content, due, next_at: due, created_at },
        ...{ state: 'waiting' as const, attempts: 0, ambiguous: 0 },
      })),
    ),
  );
  return (deliveries: readonly Delivery[], at: number) =>
    insert(
      deliveries.map(({ id, lane, destination, due, content }) => ({
        ...{ id, lane, destination, conversation: content.conversation },
        ...{ content: JSON.stringify(content), due: Date.parse(due), created_at: at },
      })),
    );
}

type NewRow = Pick<OutboxTable, 'id' | 'lane' | 'destination' | 'conversation' | 'content' | 'due' | 'created_at'>;

type Row = ExpressionBuilder<Tables & { row: OutboxTable }, 'row'>;

/** A later row of a lane waits while an earlier one does, whoever holds it. Dead rows are passed. */
function isHead(row: Row) {
  return row.not(
    row.exists(
      row
        .selectFrom('outbox as earlier')
        .select('earlier.seq')
        .whereRef('earlier.lane', '=', 'row.lane')
        .whereRef('earlier.seq', '<', 'row.seq')
        .where('earlier.state', '=', 'waiting'),
    ),
  );
}

/** A lease that ran out was held by a process that may have sent the row: it comes again as ambiguous. */
function* claimHeads(
  { engine, sql }: Database,
  { destinations, now, limit, leaseMs, owner }: ClaimRequest,
): Unit<readonly OutboxRow[]> {
  const at = Date.parse(now);
  const heads = sql
    .selectFrom('outbox as row')
    .select('row.seq')
    .where('row.state', '=', 'waiting')
    .where('row.destination', 'in', destinations)
    .where('row.next_at', '<=', at)
    .where((row) =>
      row.or([
        row('row.lease_owner', 'is', null),
        row.and([row('row.lease_until', '<=', at), row('row.lease_owner', '<>', owner)]),
      ]),
    )
    .where(isHead)
    .orderBy('row.next_at')
    .limit(limit)
    .$if(engine === 'postgres', (query) => query.forUpdate().skipLocked());
  return yield* rowsOf(
    sql
      .with('head', () => heads)
      .updateTable('outbox')
      .set((row) => ({
        ambiguous: row.case().when('lease_owner', 'is not', null).then(1).else(row.ref('ambiguous')).end(),
        attempts: row
          .case()
          .when('lease_owner', 'is not', null)
          .then(row('attempts', '+', 1))
          .else(row.ref('attempts'))
          .end(),
        tried_since: row.fn.coalesce('tried_since', row.val(at)),
        lease_owner: owner,
        lease_until: at + leaseMs,
      }))
      .where('seq', 'in', (query) => query.selectFrom('head').select('head.seq'))
      .returningAll(),
  );
}

function* settleRow({ sql }: Database, id: string, owner: string, outcome: SettledDelivery): Unit<void> {
  if (outcome.kind === 'done') {
    yield sql.deleteFrom('outbox').where('id', '=', id).where('lease_owner', '=', owner).compile();
    return;
  }
  const held = sql.updateTable('outbox').where('id', '=', id).where('lease_owner', '=', owner);
  const released = { lease_owner: null, lease_until: null, last_error: outcome.reason };
  if (outcome.kind === 'dead') {
    yield held.set((row) => ({ ...released, state: 'dead', attempts: row('attempts', '+', 1) })).compile();
    return;
  }
  const { retryAt, ambiguous, countsAsTry } = outcome;
  yield held
    .set((row) => ({
      ...released,
      next_at: Date.parse(retryAt),
      attempts: row('attempts', '+', countsAsTry ? 1 : 0),
      ambiguous: ambiguous ? 1 : row.ref('ambiguous'),
    }))
    .compile();
}

type OutboxRow = Selectable<OutboxTable>;

function readDelivery(row: OutboxRow): ClaimedDelivery {
  return {
    id: row.id,
    lane: row.lane,
    destination: row.destination,
    due: new Date(row.due).toISOString(),
    content: JSON.parse(row.content) as DeliveryContent,
    attempts: row.attempts,
    ambiguous: row.ambiguous === 1,
    ...(row.tried_since === null ? {} : { triedSince: new Date(row.tried_since).toISOString() }),
  };
}
