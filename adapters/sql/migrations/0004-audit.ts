import { sql as raw } from 'kysely';
import type { Migration } from './migration.ts';

/** The audit: each entry carries the hash of the one before, and the database itself refuses to change or remove one. */
export const audit: Migration = {
  name: '0004-audit',
  *up(sql, engine) {
    yield sql.schema
      .createTable('audit')
      .addColumn('seq', 'integer', (column) => column.primaryKey())
      .addColumn('at', 'bigint', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('detail', 'text', (column) => column.notNull())
      .addColumn('hash', 'text', (column) => column.notNull())
      .compile();
    if (engine === 'postgres') {
      yield raw`create function audit_is_append_only() returns trigger language plpgsql as $$ begin raise exception 'the audit is append-only'; end $$`.compile(
        sql,
      );
      yield raw`create trigger audit_append_only before update or delete on audit for each row execute function audit_is_append_only()`.compile(
        sql,
      );
      return;
    }
    for (const change of ['update', 'delete']) {
      yield raw`create trigger ${raw.raw(`audit_no_${change} before ${change} on audit`)} begin select raise(abort, 'the audit is append-only'); end`.compile(
        sql,
      );
    }
  },
};
