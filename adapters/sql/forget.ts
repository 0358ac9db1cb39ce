import { type Database, rowsOf, type Unit } from './database.ts';

/**
 * Removes conversations with everything that tells of them. Their receipts stay until they expire: a late repeat of an event
 * then brings nothing back.
 */
export function* forget({ sql }: Database, conversations: readonly string[]): Unit<void> {
  if (conversations.length === 0) return;
  const references = (yield* rowsOf(
    sql.selectFrom('ticket').select('reference').where('conversation', 'in', conversations),
  )).map(({ reference }) => reference);
  if (references.length > 0) yield sql.deleteFrom('ticket_attempt').where('reference', 'in', references).compile();
  for (const table of ['ticket', 'place', 'outbox', 'turn_log'] as const) {
    yield sql.deleteFrom(table).where('conversation', 'in', conversations).compile();
  }
  yield sql.deleteFrom('conversation').where('id', 'in', conversations).compile();
}
