import type { Migration } from './migration.ts';

/** What people chose for themselves. */
export const preferences: Migration = {
  name: '0005-preferences',
  *up({ schema }) {
    yield schema
      .createTable('preference')
      .addColumn('workspace', 'text', (column) => column.notNull())
      .addColumn('person', 'text', (column) => column.notNull())
      .addColumn('locale', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('preference_key', ['workspace', 'person'])
      .compile();
  },
};
