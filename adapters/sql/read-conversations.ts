import type { Conversation } from '../../src/conversation/conversation.ts';
import { readBody } from './conversation-store.ts';
import type { Database } from './database.ts';

const page = 500;

/** Every conversation opened at `since` or later, page by page in the order of their ids: any number of them fits in memory. */
export async function* readConversations(database: Database, since: Date): AsyncGenerator<Conversation> {
  let after = '';
  for (;;) {
    const rows = await database.read(
      database.sql
        .selectFrom('conversation')
        .select(['id', 'body'])
        .where('id', '>', after)
        .where('opened_at', '>=', since.getTime())
        .orderBy('id')
        .limit(page),
    );
    for (const row of rows) yield readBody(row);
    after = rows.at(-1)?.id ?? after;
    if (rows.length < page) return;
  }
}
