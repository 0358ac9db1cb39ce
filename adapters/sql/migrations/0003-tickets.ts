import type { Migration } from './migration.ts';

/** Where each ticket stands, and what its tries met. */
export const tickets: Migration = {
  name: '0003-tickets',
  *up({ schema }) {
    yield schema
      .createTable('ticket')
      .addColumn('reference', 'text', (column) => column.notNull())
      .addColumn('desk', 'text', (column) => column.notNull())
      .addColumn('conversation', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('ticket_id', 'text')
      .addColumn('body', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('ticket_key', ['reference', 'desk'])
      .compile();
    yield schema.createIndex('ticket_conversation').on('ticket').column('conversation').compile();
    yield schema.createIndex('ticket_id').on('ticket').columns(['desk', 'ticket_id']).compile();
    yield schema
      .createTable('ticket_attempt')
      .addColumn('reference', 'text', (column) => column.notNull())
      .addColumn('desk', 'text', (column) => column.notNull())
      .addColumn('version', 'integer', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('reason', 'text')
      .addPrimaryKeyConstraint('ticket_attempt_key', ['reference', 'desk', 'version'])
      .compile();
  },
};
