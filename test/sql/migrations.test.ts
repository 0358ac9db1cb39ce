import { afterAll, describe, expect, test } from 'vitest';
import { type Database, execute } from '../../adapters/sql/database.ts';
import { migrate, migrations } from '../../adapters/sql/migrations/migrate.ts';
import { createStore, openDatabase, storeOn } from '../../adapters/sql/store.ts';
import { StoreError } from '../../src/errors.ts';
import { startPostgres } from '../support/postgres.ts';
import { at, turn } from './samples.ts';
import { silentLog } from './silent-log.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

describe('SQLite', () => describeMigrations(async () => openDatabase('sqlite::memory:', silentLog)));

describe.skipIf(postgres === undefined)('PostgreSQL', () => {
  describeMigrations(async () => openDatabase((await postgres?.freshDatabase()) ?? '', silentLog));

  test('processes that start at once make the schema once', async () => {
    const url = (await postgres?.freshDatabase()) ?? '';
    const stores = await Promise.all(Array.from({ length: 4 }, () => createStore(url, silentLog)));
    await stores[0]?.conversations.commit(turn('a', 1));
    expect((await stores[3]?.conversations.load('a'))?.turn).toBe(1);
    await Promise.all(stores.map((store) => store.close()));
  });
});

function describeMigrations(open: () => Promise<Database>): void {
  async function withDatabase(use: (database: Database) => Promise<void>): Promise<void> {
    const database = await open();
    try {
      await use(database);
    } finally {
      await database.close();
    }
  }

  test.each(migrations.map((_, index) => index + 1))(
    'a database of schema %i is brought up to date and keeps what it holds',
    (version) =>
      withDatabase(async (database) => {
        await migrate(database, migrations.slice(0, version));
        const store = storeOn(database);
        await store.conversations.commit(turn('a', 1));
        await migrate(database);
        expect((await store.conversations.load('a'))?.turn).toBe(1);
        await store.workspaces.save('slack:T1', { locale: 'ja' });
        await store.audit.append({ kind: 'tried', at: at(0), detail: {} });
        expect(await store.audit.firstBroken()).toBeUndefined();
      }),
  );

  test('a database of a newer version is refused and left as it is', () =>
    withDatabase(async (database) => {
      await migrate(database);
      const newer = database.sql.updateTable('meta').set({ value: '99' }).where('key', '=', 'schema');
      await database.transact(execute(newer));
      await expect(migrate(database)).rejects.toThrow(
        /schema 99 .* newer version\. Start that version, or restore a backup/,
      );
      await expect(migrate(database)).rejects.toThrow(StoreError);
    }));

  test('a database of something else is refused and left as it is', () =>
    withDatabase(async (database) => {
      await database.transact(execute(database.sql.schema.createTable('invoice').addColumn('id', 'text')));
      await expect(migrate(database)).rejects.toThrow(/something else \(invoice\)/);
    }));

  test('a migration that fails leaves the schema as it was', () =>
    withDatabase(async (database) => {
      await migrate(database, migrations.slice(0, 1));
      const broken = {
        name: 'broken',
        *up({ schema }: Database['sql']) {
          yield schema.createTable('half').addColumn('id', 'text').compile();
          yield schema.createTable('half').addColumn('id', 'text').compile();
        },
      };
      await expect(migrate(database, [...migrations.slice(0, 1), broken])).rejects.toThrow();
      await migrate(database);
      await storeOn(database).workspaces.save('slack:T1', {});
    }));
}
