import { type Conversation, parseConversation } from '../../src/conversation/conversation.ts';
import type { Event } from '../../src/conversation/event.ts';
import { StoreError } from '../../src/errors.ts';
import type { CommitResult, ConversationStore, TurnWrite } from '../../src/ports/conversation-store.ts';
import { type Database, type Unit, writtenBy } from './database.ts';
import { addDeliveries } from './outbox.ts';

/** The conversations of one database. `added` is called after every commit that added deliveries. */
export function createConversationStore(database: Database, added: () => void): ConversationStore {
  const { sql } = database;
  return {
    async load(id) {
      const [row] = await database.read(sql.selectFrom('conversation').select(['id', 'body']).where('id', '=', id));
      return row && readBody(row);
    },
    async conversationOf(receipt) {
      const [row] = await database.read(
        sql.selectFrom('receipt').select('conversation').where('receipt', '=', receipt),
      );
      return row?.conversation;
    },
    async eventsOf(conversation) {
      const rows = await database.read(
        sql.selectFrom('turn_log').select('event').where('conversation', '=', conversation).orderBy('turn'),
      );
      return rows.map(({ event }) => JSON.parse(event) as Event);
    },
    async openOf(workspace, requester) {
      const [row] = await database.read(openConversations(sql, workspace, requester).limit(1));
      return row && readBody(row);
    },
    async allOpenOf(workspace, requester, limit) {
      const rows = await database.read(openConversations(sql, workspace, requester).limit(limit));
      return rows.map(readBody);
    },
    async openOnPlatform(platform, requester, limit) {
      const rows = await database.read(openOnPlatform(sql, platform, requester).limit(limit));
      return rows.map(readBody);
    },
    async commit(write) {
      const result = await database.transact(writeTurn(database, write), (written) => written === 'committed');
      if (result === 'committed' && write.deliveries.length > 0) added();
      return result;
    },
  };
}

function openConversations(sql: Database['sql'], workspace: string, requester: string) {
  return sql
    .selectFrom('conversation')
    .select(['id', 'body'])
    .where('workspace', '=', workspace)
    .where('requester', '=', requester)
    .where('state', '=', 'open')
    .orderBy('opened_at', 'desc');
}

/** Who asked has acted in it: the log of acts is read by person, conversations only by workspace and person. */
function openOnPlatform(sql: Database['sql'], platform: string, requester: string) {
  const acted = sql.selectFrom('turn_log').select('conversation').where('actor', '=', requester);
  return sql
    .selectFrom('conversation')
    .select(['id', 'body'])
    .where('id', 'in', acted)
    .where('requester', '=', requester)
    .where('workspace', 'like', `${platform}:%`)
    .where('state', '=', 'open')
    .orderBy('opened_at', 'desc');
}

function* writeTurn(
  { sql }: Database,
  { version, conversation, event, deliveries, receipt }: TurnWrite,
): Unit<CommitResult> {
  const at = Date.parse(event.at);
  const received = sql
    .insertInto('receipt')
    .values({ receipt, conversation: conversation.id, at })
    .onConflict((it) => it.column('receipt').doNothing());
  if ((yield* writtenBy(received)) === 0) return 'duplicate';
  if ((yield* writtenBy(version === 0 ? insertOf(sql, conversation) : updateOf(sql, version, conversation))) === 0)
    return 'stale';
  yield sql
    .insertInto('turn_log')
    .values({
      conversation: conversation.id,
      turn: conversation.turn,
      actor: event.actor.id,
      event: JSON.stringify(event),
      at,
    })
    .compile();
  if (deliveries.length > 0) yield addDeliveries(sql, deliveries, at).compile();
  return 'committed';
}

function insertOf(sql: Database['sql'], conversation: Conversation) {
  const { id, workspace, requester } = conversation;
  return sql
    .insertInto('conversation')
    .values({ id, workspace, requester, opened_at: Date.parse(conversation.openedAt), ...columnsOf(conversation) })
    .onConflict((it) => it.column('id').doNothing());
}

function updateOf(sql: Database['sql'], version: number, conversation: Conversation) {
  return sql
    .updateTable('conversation')
    .set(columnsOf(conversation))
    .where('id', '=', conversation.id)
    .where('version', '=', version);
}

function columnsOf(conversation: Conversation) {
  return {
    state: conversation.state,
    version: conversation.turn,
    body: JSON.stringify(conversation),
    last_at: Date.parse(conversation.lastAt),
  };
}

export function readBody({ id, body }: { readonly id: string; readonly body: string }): Conversation {
  try {
    return parseConversation(JSON.parse(body));
  } catch (cause) {
    const remedy = 'it was left as it is. Update this program, or restore a backup';
    throw new StoreError(
      `The stored conversation ${id} cannot be read: it is damaged or newer than this program; ${remedy}.`,
      { cause },
    );
  }
}
