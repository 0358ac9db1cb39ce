import { sql as raw } from 'kysely';
import { StoreError } from '../../../src/errors.ts';
import { type Database, rowsOf, type Unit } from '../database.ts';
import { conversations } from './0001-conversations.ts';
import { workspaces } from './0002-workspaces.ts';
import { tickets } from './0003-tickets.ts';
import { audit } from './0004-audit.ts';
import { preferences } from './0005-preferences.ts';
import type { Migration } from './migration.ts';

/** Every step of the schema in order; the number of a step is its place in this list, from 1. */
export const migrations: readonly Migration[] = [conversations, workspaces, tickets, audit, preferences];

const product = 'licence-desk';
/** Any number will do, as long as every process of this program takes the same. */
const migrationLock = 7_205_759_403;

/**
 * Brings the schema up to `steps`, in one transaction and under a lock: of two processes that start at once, one waits.
 * Throws StoreError when the database is newer than this program or belongs to another; it is then left as it is.
 */
export async function migrate(database: Database, steps: readonly Migration[] = migrations): Promise<void> {
  await database.transact(bringUp(database, steps));
}

/** The schema a database has, 0 where it is empty, and the newest of this program. Throws StoreError where it belongs to another. */
export async function readSchema(database: Database): Promise<{ readonly found: number; readonly known: number }> {
  const found = await database.transact(schemaVersion(database.engine, database.sql));
  return { found, known: migrations.length };
}

function* bringUp({ engine, sql }: Database, steps: readonly Migration[]): Unit<void> {
  if (engine === 'postgres') yield raw`select pg_advisory_xact_lock(${migrationLock})`.compile(sql);
  const found = yield* schemaVersion(engine, sql);
  if (found > steps.length) {
    throw new StoreError(
      `The database has schema ${found} and this program knows ${steps.length}: it was used by a newer version. Start that version, or restore a backup from before the update. Nothing was changed.`,
    );
  }
  if (found === 0) {
    yield sql.schema
      .createTable('meta')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('value', 'text', (column) => column.notNull())
      .compile();
    yield sql
      .insertInto('meta')
      .values([
        { key: 'product', value: product },
        { key: 'schema', value: '0' },
      ])
      .compile();
  }
  for (const step of steps.slice(found)) yield* step.up(sql, engine);
  if (found < steps.length)
    yield sql
      .updateTable('meta')
      .set({ value: String(steps.length) })
      .where('key', '=', 'schema')
      .compile();
}

/** 0 for a database with no tables at all. */
function* schemaVersion(engine: Database['engine'], sql: Database['sql']): Unit<number> {
  const tables = (yield* rowsOf(tablesOf(engine, sql))).map(({ name }) => name);
  if (tables.length === 0) return 0;
  const meta = tables.includes('meta') ? yield* rowsOf(sql.selectFrom('meta').selectAll()) : [];
  const value = (key: string) => meta.find((row) => row.key === key)?.value;
  if (value('product') === product) return Number(value('schema'));
  throw new StoreError(
    `The database holds tables of something else (${tables.slice(0, 3).join(', ')}): name an empty database in DATABASE_URL. Nothing was changed.`,
  );
}

function tablesOf(engine: Database['engine'], sql: Database['sql']) {
  const query =
    engine === 'sqlite'
      ? raw<{ name: string }>`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`
      : raw<{
          name: string;
        }>`select table_name as name from information_schema.tables where table_schema = current_schema()`;
  return { compile: () => query.compile(sql) };
}
