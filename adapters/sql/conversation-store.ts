import { type Conversation, parseConversation } from '../../src/conversation/conversation.ts';
import type { Event } from '../../src/conversation/event.ts';
import { StoreError } from '../../src/errors.ts';
import type { CommitResult, ConversationStore, TurnWrite } from '../../src/ports/conversation-store.ts';
import { type Database, execute, type Unit, writtenBy } from './database.ts';
import { deliveryStatement } from './outbox.ts';
import { prepared } from './prepared.ts';
import type { ConversationTable, ReceiptTable, TurnLogTable } from './tables.ts';

/** The conversations of one database. `added` is called after every commit that added deliveries. */
export function createConversationStore(database: Database, added: () => void): ConversationStore {
  const { sql } = database;
  const bodyOf = prepared(({ id }: { readonly id: string }) =>
    sql.selectFrom('conversation').select(['id', 'body']).where('id', '=', id),
  );
  const turns = turnStatements(sql);
  return {
    async load(id) {
      const [row] = await database.read(bodyOf({ id }));
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
      const result = await database.transact(writeTurn(turns, write), (written) => written === 'committed');
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

type TurnStatements = ReturnType<typeof turnStatements>;

/** What a turn writes. */
function turnStatements(sql: Database['sql']) {
  return {
    receive: prepared(({ receipt, conversation, at }: ReceiptTable) =>
      sql
        .insertInto('receipt')
        .values({ receipt, conversation, at })
        .onConflict((it) => it.column('receipt').doNothing()),
    ),
    insert: prepared(({ id, workspace, requester, state, version, body, opened_at, last_at }: ConversationTable) =>
      sql
        .insertInto('conversation')
        .values({ id, workspace, requester, state, version, body, opened_at, last_at })
        .onConflict((it) => it.column('id').doNothing()),
    ),
    update: prepared(({ id, before, state, version, body, last_at }: ConversationUpdate) =>
      sql
        .updateTable('conversation')
        .set({ state, version, body, last_at })
        .where('id', '=', id)
        .where('version', '=', before),
    ),
    log: prepared(({ conversation, turn, actor, event, at }: TurnLogTable) =>
      sql.insertInto('turn_log').values({ conversation, turn, actor, event, at }),
    ),
    addDeliveries: deliveryStatement(sql),
  };
}

type ConversationUpdate = Pick<ConversationTable, 'id' | 'state' | 'version' | 'body' | 'last_at'> & {
  readonly before: number;
};

function* writeTurn(
  statements: TurnStatements,
  { version, conversation, event, deliveries, receipt }: TurnWrite,
): Unit<CommitResult> {
  const { id, turn, workspace, requester, state, openedAt, lastAt } = conversation;
  const at = Date.parse(event.at);
  if ((yield* writtenBy(statements.receive({ receipt, conversation: id, at }))) === 0) return 'duplicate';
  const row = { id, state, version: turn, body: JSON.stringify(conversation), last_at: Date.parse(lastAt) };
  const kept =
    version === 0
      ? statements.insert({ ...row, workspace, requester, opened_at: Date.parse(openedAt) })
      : statements.update({ ...row, before: version });
  if ((yield* writtenBy(kept)) === 0) return 'stale';
  yield* execute(statements.log({ conversation: id, turn, actor: event.actor.id, event: JSON.stringify(event), at }));
  if (deliveries.length > 0) yield* execute(statements.addDeliveries(deliveries, at));
  return 'committed';
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
