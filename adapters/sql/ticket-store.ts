import type { TicketRecord, TicketStore } from '../../src/ports/ticket-store.ts';
import { type Database, type Unit, writtenBy } from './database.ts';

/** Tickets by reference and desk. Every write is also an entry of the ticket's own log. */
export function createTicketStore(database: Database): TicketStore {
  const { sql } = database;
  return {
    async load(reference, desk) {
      const [row] = await database.read(
        sql.selectFrom('ticket').select('body').where('reference', '=', reference).where('desk', '=', desk),
      );
      return row && (JSON.parse(row.body) as TicketRecord);
    },
    save: (record) => database.transact(writeRecord(database, record), (result) => result === 'saved'),
  };
}

function* writeRecord({ sql }: Database, record: TicketRecord): Unit<'saved' | 'stale'> {
  const { reference, desk, version, state, reason } = record;
  const columns = { version, state, ticket_id: record.ticket?.id ?? null, body: JSON.stringify(record) };
  const write =
    version === 1
      ? sql
          .insertInto('ticket')
          .values({ reference, desk, conversation: record.conversation, ...columns })
          .onConflict((it) => it.columns(['reference', 'desk']).doNothing())
      : sql
          .updateTable('ticket')
          .set(columns)
          .where('reference', '=', reference)
          .where('desk', '=', desk)
          .where('version', '=', version - 1);
  if ((yield* writtenBy(write)) === 0) return 'stale';
  yield sql.insertInto('ticket_attempt').values({ reference, desk, version, state, reason }).compile();
  return 'saved';
}
