import pg from 'pg';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createStore, type Store } from '../../adapters/sql/store.ts';
import { StoreError } from '../../src/errors.ts';
import { freePort, startPostgres } from '../support/postgres.ts';
import { startTcpProxy } from '../support/tcp-proxy.ts';
import { delivery, turn } from './samples.ts';
import { silentLog } from './silent-log.ts';

const postgres = await startPostgres();
afterAll(() => postgres?.stop());

describe.skipIf(postgres === undefined)('PostgreSQL', () => {
  let url: string;
  let opened: Store[];
  beforeEach(async () => {
    url = (await postgres?.freshDatabase()) ?? '';
    opened = [];
  });
  afterEach(() => Promise.all(opened.map((store) => store.close())));
  async function open(at = url): Promise<Store> {
    const store = await createStore(at, silentLog);
    opened.push(store);
    return store;
  }
  const changed = (change: (url: URL) => void) => {
    const other = new URL(url);
    change(other);
    return other.href;
  };

  describe('a start', () => {
    test('names a server that does not listen, without the password', async () => {
      const nobody = await freePort();
      const wrong = changed((it) => {
        it.port = String(nobody);
        it.password = 'hidden-word';
      });
      const error = await open(wrong).catch((reason: Error) => reason);
      expect(error).toBeInstanceOf(StoreError);
      expect(error).toMatchObject({
        message: expect.stringMatching(/127\.0\.0\.1:\d+\/test_\w+ does not listen there: start it/),
      });
      expect(String(error)).not.toContain('hidden-word');
    });

    test('names a wrong password and an unknown database', async () => {
      await expect(open(changed((it) => (it.password = 'wrong')))).rejects.toThrow(/refused the password/);
      await expect(open(changed((it) => (it.pathname = '/nowhere')))).rejects.toThrow(/has no such database/);
    });
  });

  test('a database that only reads is not ready', async () => {
    const store = await open();
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`alter database ${new URL(url).pathname.slice(1)} set default_transaction_read_only = on`);
    await client.end();
    const reader = await createStore(url, silentLog).catch((error: Error) => error);
    if (!(reader instanceof Error)) opened.push(reader);
    const error = reader instanceof Error ? reader : await reader.check().catch((reason: Error) => reason);
    expect(error).toMatchObject({ message: expect.stringContaining('is read-only') });
    expect(await store.check()).toBeUndefined();
  });

  test('a commit wakes the other processes', async () => {
    const [one, other] = [await open(), await open()];
    const { promise, resolve } = Promise.withResolvers<void>();
    const { promise: listening, resolve: listens } = Promise.withResolvers<void>();
    let heard = 0;
    other.outbox.onWake(() => {
      heard += 1;
      if (heard === 1) listens();
      else resolve();
    });
    await listening;
    await one.conversations.commit(turn('a', 1, { deliveries: [delivery('d1', 'a')] }));
    await promise;
    expect(heard).toBe(2);
  });

  test('a restart of the server is survived, by the listener too', { timeout: 60_000 }, async () => {
    const [one, other] = [await open(), await open()];
    await one.conversations.commit(turn('a', 1));
    let listens = Promise.withResolvers<void>();
    other.outbox.onWake(() => listens.resolve());
    await listens.promise;
    listens = Promise.withResolvers<void>();
    await postgres?.restart();
    await listens.promise;
    const results = [];
    for (let tries = 0; tries < 5; tries += 1)
      results.push(await one.conversations.commit(turn('a', 2)).catch((error: Error) => error));
    expect(results.every((result) => typeof result === 'string' || result instanceof StoreError)).toBe(true);
    expect(results.at(-1)).toBe('duplicate');
    expect((await one.conversations.load('a'))?.turn).toBe(2);
  });

  test('connections cut at any moment leave each turn whole or undone, and the same event tells which', {
    timeout: 60_000,
  }, async () => {
    const proxy = await startTcpProxy(postgres?.port ?? 0);
    const cutOff = await open(changed((it) => (it.port = String(proxy.port))));
    let unclear = 0;
    for (let number = 1; number <= 60; number += 1) {
      const write = turn('a', number, { deliveries: [delivery(`d${number}`, 'a')] });
      const committing = cutOff.conversations.commit(write).catch((error: Error) => error);
      // Moves the cut through the statements of the commit.
      for (let turns = 0; turns < number % 20; turns += 1) await new Promise(setImmediate);
      proxy.cut();
      const result = await committing;
      if (result === 'committed') continue;
      expect(result).toBeInstanceOf(StoreError);
      unclear += 1;
      let again: unknown = result;
      while (again instanceof Error) again = await cutOff.conversations.commit(write).catch((error: Error) => error);
      expect(['committed', 'duplicate']).toContain(again);
    }
    expect(unclear).toBeGreaterThan(0);
    const store = await open();
    expect((await store.conversations.load('a'))?.turn).toBe(60);
    const rows = await store.database.read(store.database.sql.selectFrom('outbox').select('id').orderBy('seq'));
    expect(rows.map(({ id }) => id)).toEqual(Array.from({ length: 60 }, (_, index) => `d${index + 1}`));
    await proxy.close();
  });
});
