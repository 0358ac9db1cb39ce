import { createHash } from 'node:crypto';
import type { Conversation } from '../../src/conversation/conversation.ts';
import type { Event } from '../../src/conversation/event.ts';
import { appendAudit } from './audit-store.ts';
import { type Database, rowsOf, type Unit } from './database.ts';
import { forget } from './forget.ts';
import { readSalt } from './salt.ts';

/** A person as a workspace knows them: `slack:T1` and `U1`. */
export interface Person {
  readonly workspace: string;
  readonly user: string;
}

export interface Erased {
  /** Conversations the person asked for, gone as a whole. */
  readonly conversations: number;
  /** Turns the person took in conversations of others: kept without who it was and what was written. */
  readonly turns: number;
}

/** Everything that is kept of a person, as JSON can say it. */
export interface PersonalData extends Person {
  /** The language they chose, or null. */
  readonly locale: string | null;
  readonly conversations: readonly object[];
  /** What the person did in conversations of others. */
  readonly turnsElsewhere: readonly object[];
}

const nobody = 'erased';

/** Whose conversations they are, and where else the person took part. */
function* tracesOf({ sql }: Database, { workspace, user }: Person) {
  const own = yield* rowsOf(
    sql
      .selectFrom('conversation')
      .select(['id', 'body'])
      .where('workspace', '=', workspace)
      .where('requester', '=', user),
  );
  const elsewhere = yield* rowsOf(
    sql
      .selectFrom('turn_log')
      .innerJoin('conversation', 'conversation.id', 'turn_log.conversation')
      .select(['turn_log.conversation', 'turn_log.turn', 'turn_log.event'])
      .where('turn_log.actor', '=', user)
      .where('conversation.workspace', '=', workspace)
      .where('conversation.requester', '<>', user),
  );
  return { own, elsewhere };
}

/** Collects what is kept of a person. Nothing is changed. */
export function exportPerson(database: Database, person: Person): Promise<PersonalData> {
  return database.transact(collect(database, person));
}

function* collect(database: Database, person: Person): Unit<PersonalData> {
  const { sql } = database;
  const { own, elsewhere } = yield* tracesOf(database, person);
  const conversations: object[] = [];
  for (const { id, body } of own) {
    const turns = yield* rowsOf(
      sql.selectFrom('turn_log').select(['turn', 'event']).where('conversation', '=', id).orderBy('turn'),
    );
    const deliveries = yield* rowsOf(
      sql.selectFrom('outbox').select(['id', 'state', 'content']).where('conversation', '=', id).orderBy('seq'),
    );
    const tickets = yield* rowsOf(sql.selectFrom('ticket').select('body').where('conversation', '=', id));
    const places = yield* rowsOf(
      sql.selectFrom('place').select(['platform', 'part', 'ref']).where('conversation', '=', id),
    );
    conversations.push({
      conversation: JSON.parse(body),
      turns: turns.map(({ turn, event }) => ({ turn, event: JSON.parse(event) })),
      deliveries: deliveries.map(({ content, ...row }) => ({ ...row, content: JSON.parse(content) })),
      tickets: tickets.map((ticket) => JSON.parse(ticket.body)),
      places,
    });
  }
  const turnsElsewhere = elsewhere.map(({ conversation, turn, event }) => ({
    conversation,
    turn,
    event: JSON.parse(event),
  }));
  const [chosen] = yield* rowsOf(
    sql
      .selectFrom('preference')
      .select('locale')
      .where('workspace', '=', person.workspace)
      .where('person', '=', person.user),
  );
  return { ...person, locale: chosen?.locale ?? null, conversations, turnsElsewhere };
}

/**
 * Removes a person's conversations, and their traces from those of others. The audit keeps that it was done, how much it was,
 * and a digest by which the same person is known again without being named. Tickets at desks are not ours to remove.
 */
export function erasePerson(database: Database, person: Person, now: Date): Promise<Erased> {
  return database.transact(erase(database, person, now));
}

function* erase(database: Database, person: Person, now: Date): Unit<Erased> {
  const { sql } = database;
  const { own, elsewhere } = yield* tracesOf(database, person);
  yield* forget(
    database,
    own.map(({ id }) => id),
  );
  for (const { conversation, turn, event } of elsewhere) {
    const kept = { actor: nobody, event: JSON.stringify(withoutPerson(JSON.parse(event))) };
    yield sql
      .updateTable('turn_log')
      .set(kept)
      .where('conversation', '=', conversation)
      .where('turn', '=', turn)
      .compile();
  }
  for (const id of new Set(elsewhere.map(({ conversation }) => conversation)))
    yield* nameNobody(database, id, person.user);
  yield sql
    .deleteFrom('preference')
    .where('workspace', '=', person.workspace)
    .where('person', '=', person.user)
    .compile();
  const subject = digest(yield* readSalt(database), person);
  const erased = { conversations: own.length, turns: elsewhere.length };
  yield* appendAudit(database, { kind: 'erased', at: now.toISOString(), detail: { subject, ...erased } });
  return erased;
}

/** The row is locked before it is read: a turn that is committed meanwhile would otherwise be written over. */
function* nameNobody({ engine, sql }: Database, id: string, user: string): Unit<void> {
  const row = sql.selectFrom('conversation').select('body').where('id', '=', id);
  const [found] = yield* rowsOf(engine === 'postgres' ? row.forUpdate() : row);
  if (found === undefined) return;
  const conversation: Conversation = JSON.parse(found.body);
  const facts = conversation.facts.map((fact) => (fact.by === user ? { ...fact, by: nobody } : fact));
  yield sql
    .updateTable('conversation')
    .set({ body: JSON.stringify({ ...conversation, facts }) })
    .where('id', '=', id)
    .compile();
}

function withoutPerson(event: Event): Event {
  const actor = { ...event.actor, id: nobody };
  if (event.kind === 'wrote') return { ...event, actor, text: '' };
  if (event.kind === 'filled') return { ...event, actor, values: {} };
  return { ...event, actor };
}

function digest(salt: Buffer, { workspace, user }: Person): string {
  return createHash('sha256')
    .update(salt)
    .update(JSON.stringify([workspace, user]))
    .digest('hex')
    .slice(0, 16);
}
