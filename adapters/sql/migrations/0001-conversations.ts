import type { Migration } from './migration.ts';

/** Conversations, what happened in them, what is to be delivered, and where they are held. */
export const conversations: Migration = {
  name: '0001-conversations',
  *up({ schema }, engine) {
    yield schema
      .createTable('conversation')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('workspace', 'text', (column) => column.notNull())
      .addColumn('requester', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('body', 'text', (column) => column.notNull())
      .addColumn('opened_at', 'bigint', (column) => column.notNull())
      .addColumn('last_at', 'bigint', (column) => column.notNull())
      .compile();
    yield schema
      .createIndex('conversation_requester')
      .on('conversation')
      .columns(['workspace', 'requester', 'opened_at'])
      .compile();
    yield schema.createIndex('conversation_last_at').on('conversation').column('last_at').compile();
    yield schema
      .createTable('turn_log')
      .addColumn('conversation', 'text', (column) => column.notNull())
      .addColumn('turn', 'integer', (column) => column.notNull())
      .addColumn('actor', 'text', (column) => column.notNull())
      .addColumn('event', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('turn_log_key', ['conversation', 'turn'])
      .compile();
    yield schema.createIndex('turn_log_actor').on('turn_log').column('actor').compile();
    yield schema
      .createTable('receipt')
      .addColumn('receipt', 'text', (column) => column.primaryKey())
      .addColumn('conversation', 'text', (column) => column.notNull())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .compile();
    yield schema.createIndex('receipt_at').on('receipt').column('at').compile();
    yield schema
      .createTable('outbox')
      .addColumn('seq', engine === 'sqlite' ? 'integer' : 'bigint', (column) =>
        engine === 'sqlite' ? column.primaryKey() : column.primaryKey().generatedAlwaysAsIdentity(),
      )
      .addColumn('id', 'text', (column) => column.notNull().unique())
      .addColumn('lane', 'text', (column) => column.notNull())
      .addColumn('destination', 'text', (column) => column.notNull())
      .addColumn('conversation', 'text', (column) => column.notNull())
      .addColumn('content', 'text', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('due', 'bigint', (column) => column.notNull())
      .addColumn('next_at', 'bigint', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('ambiguous', 'integer', (column) => column.notNull())
      .addColumn('tried_since', 'bigint')
      .addColumn('lease_owner', 'text')
      .addColumn('lease_until', 'bigint')
      .addColumn('last_error', 'text')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .compile();
    yield schema.createIndex('outbox_next').on('outbox').columns(['state', 'next_at']).compile();
    yield schema.createIndex('outbox_lane').on('outbox').columns(['lane', 'seq']).compile();
    yield schema.createIndex('outbox_conversation').on('outbox').column('conversation').compile();
    yield schema
      .createTable('place')
      .addColumn('platform', 'text', (column) => column.notNull())
      .addColumn('conversation', 'text', (column) => column.notNull())
      .addColumn('part', 'text', (column) => column.notNull())
      .addColumn('ref', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('place_key', ['platform', 'conversation', 'part'])
      .compile();
    yield schema.createIndex('place_ref').on('place').columns(['platform', 'part', 'ref']).compile();
  },
};
