import type { Migration } from './migration.ts';

/** What tenants have chosen, and the tokens they gave. */
export const workspaces: Migration = {
  name: '0002-workspaces',
  *up({ schema }) {
    yield schema
      .createTable('workspace')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('settings', 'text', (column) => column.notNull())
      .compile();
    yield schema
      .createTable('installation')
      .addColumn('workspace', 'text', (column) => column.primaryKey())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .compile();
  },
};
