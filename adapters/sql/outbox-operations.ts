import { CommentDelivery } from '../../src/handoff/comment.ts';
import { TicketDelivery } from '../../src/handoff/ticket.ts';
import { appendAudit } from './audit-store.ts';
import { type Database, rowsOf, type Unit, writtenBy } from './database.ts';

/** A delivery as the operator sees it: everything but its text. */
export interface OutboxEntry {
  readonly id: string;
  readonly state: 'waiting' | 'dead';
  readonly destination: string;
  readonly conversation: string;
  readonly attempts: number;
  readonly ambiguous: boolean;
  readonly reason: string | null;
  readonly createdAt: string;
  readonly nextAt: string;
}

/** Which deliveries are meant: some by id, that of a ticket, all of a destination, or all. */
export type Selection =
  | { readonly ids: readonly string[] }
  | { readonly destination: string; readonly reference?: string }
  | 'all';

/** What waits and what was given up, the oldest first. */
export async function listOutbox(database: Database): Promise<readonly OutboxEntry[]> {
  const rows = await database.read(database.sql.selectFrom('outbox').selectAll().orderBy('seq'));
  return rows.map((row) => ({
    id: row.id,
    state: row.state,
    destination: row.destination,
    conversation: row.conversation,
    attempts: row.attempts,
    ambiguous: row.ambiguous === 1,
    reason: row.last_error,
    createdAt: new Date(row.created_at).toISOString(),
    nextAt: new Date(row.next_at).toISOString(),
  }));
}

/** Lets dead deliveries be tried anew, before what waits in their lanes. Gives how many; the running processes are woken. */
export async function retryDead(database: Database, selection: Selection, now: Date): Promise<number> {
  const retried = await database.transact(retry(database, selection, now));
  if (retried > 0) database.announce();
  return retried;
}

function* retry(database: Database, selection: Selection, now: Date): Unit<number> {
  const ids = yield* deadIds(database, selection);
  if (ids.length === 0) return 0;
  const rows = database.sql.updateTable('outbox').where('id', 'in', ids);
  const retried = yield* writtenBy(
    rows.set({ state: 'waiting', next_at: now.getTime(), attempts: 0, tried_since: null }),
  );
  if (retried > 0)
    yield* appendAudit(database, { kind: 'outbox-retried', at: now.toISOString(), detail: { deliveries: retried } });
  return retried;
}

/** Removes dead deliveries for good. Gives how many. */
export function dropDead(database: Database, selection: Selection, now: Date): Promise<number> {
  return database.transact(drop(database, selection, now));
}

function* drop(database: Database, selection: Selection, now: Date): Unit<number> {
  const ids = yield* deadIds(database, selection);
  if (ids.length === 0) return 0;
  const dropped = yield* writtenBy(database.sql.deleteFrom('outbox').where('id', 'in', ids));
  yield* appendAudit(database, { kind: 'outbox-dropped', at: now.toISOString(), detail: { deliveries: dropped } });
  return dropped;
}

function* deadIds({ sql }: Database, selection: Selection): Unit<readonly string[]> {
  const dead = sql.selectFrom('outbox').select('id').where('state', '=', 'dead');
  if (selection === 'all') return (yield* rowsOf(dead)).map(({ id }) => id);
  if ('ids' in selection) return (yield* rowsOf(dead.where('id', 'in', selection.ids))).map(({ id }) => id);
  const { destination, reference } = selection;
  const chosen = yield* rowsOf(dead.select('content').where('destination', '=', destination));
  const isMeant = (content: string) => reference === undefined || referenceIn(content) === reference;
  return chosen.filter(({ content }) => isMeant(content)).map(({ id }) => id);
}

/** The reference of the ticket or the comment a delivery carries. */
function referenceIn(content: string): string | undefined {
  const parsed: unknown = JSON.parse(content);
  return (
    TicketDelivery.safeParse(parsed).data?.ticket.reference ?? CommentDelivery.safeParse(parsed).data?.comment.reference
  );
}

/** The destinations of what waits. */
export async function waitingDestinations(database: Database): Promise<readonly string[]> {
  const rows = await database.read(
    database.sql.selectFrom('outbox').select('destination').distinct().where('state', '=', 'waiting'),
  );
  return rows.map(({ destination }) => destination);
}
