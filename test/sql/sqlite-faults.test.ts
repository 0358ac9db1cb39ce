import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { execute } from '../../adapters/sql/database.ts';
import { createStore, type Store } from '../../adapters/sql/store.ts';
import { StoreError } from '../../src/errors.ts';
import { turn } from './samples.ts';
import { silentLog } from './silent-log.ts';

const run = promisify(execFile);
const child = join(import.meta.dirname, 'committing-child.ts');

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'licence-desk-'));
  file = join(folder, 'desk.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = () => createStore(`sqlite:${file}`, silentLog);

async function using<T>(use: (store: Store) => Promise<T>): Promise<T> {
  const store = await open();
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

describe('a start', () => {
  test('refuses a file that is no database, and leaves it as it is', async () => {
    const text = 'Dear diary, this is no database. '.repeat(200);
    writeFileSync(file, text);
    await expect(open()).rejects.toThrow(/desk\.db is not an SQLite database/);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  test('refuses a damaged database, and leaves it as it is', async () => {
    await using((store) =>
      Promise.all(Array.from({ length: 50 }, (_, index) => store.conversations.commit(turn(`c${index}`, 1)))),
    );
    const bytes = readFileSync(file).fill(0x5a, 8_192, 20_000);
    writeFileSync(file, bytes);
    await expect(open()).rejects.toThrow(/damaged.*restore the newest backup/);
    expect(readFileSync(file).equals(bytes)).toBe(true);
  });

  test('names a folder that cannot be used', async () => {
    file = '/dev/null/desk.db';
    await expect(open()).rejects.toThrow(StoreError);
  });

  test('refuses a file it may not write', async () => {
    await using((store) => store.conversations.commit(turn('a', 1)));
    chmodSync(file, 0o444);
    chmodSync(folder, 0o555);
    const root = process.geteuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    try {
      await expect(open()).rejects.toThrow(/desk\.db (is read-only|cannot be opened)/);
    } finally {
      if (root) process.seteuid?.(0);
      chmodSync(folder, 0o755);
    }
  });
});

describe('a stored conversation that does not parse', () => {
  test('is reported, and not written over', async () => {
    await using(async (store) => {
      await store.conversations.commit(turn('a', 1));
      const { database } = store;
      await database.transact(execute(database.sql.updateTable('conversation').set({ body: '{"shape":9}' })));
      await expect(store.conversations.load('a')).rejects.toThrow(/conversation a cannot be read/);
      expect(await store.conversations.commit(turn('a', 1, { receipt: 'new' }))).toBe('stale');
    });
  });
});

describe('a disk that is full', () => {
  test('refuses the turn in words, and keeps every one that was committed', async () => {
    // The limit is on the size of a file, in blocks of 512 bytes; without the trap the signal would end the process.
    const limited = `trap '' XFSZ; ulimit -f 2000; exec "$0" "$@"`;
    const words = [process.execPath, child, `sqlite:${file}`, 'a', '100000', '2000'];
    const { committed, stoppedBy } = JSON.parse((await run('/bin/sh', ['-c', limited, ...words])).stdout);
    expect(stoppedBy).toMatch(
      /^StoreError: The SQLite database .* (cannot grow: the disk is full|cannot be read or written)/,
    );
    expect(committed).toBeGreaterThan(10);
    await using(async (store) => {
      expect((await store.conversations.load('shared'))?.turn).toBe(committed);
      expect(await store.conversations.commit(turn('shared', committed + 1))).toBe('committed');
    });
  });
});

describe('two processes', () => {
  test('that start at once and write the same conversation lose nothing', { timeout: 60_000 }, async () => {
    const runs = await Promise.all(
      ['a', 'b'].map((name) => run(process.execPath, [child, `sqlite:${file}`, name, '60'])),
    );
    expect(runs.map(({ stdout }) => JSON.parse(stdout))).toEqual([
      { committed: 60, stoppedBy: null },
      { committed: 60, stoppedBy: null },
    ]);
    await using(async (store) => expect((await store.conversations.load('shared'))?.turn).toBe(120));
  });
});

describe('a store in use', () => {
  test('says whether a turn could be committed', async () => {
    await using(async (store) => expect(await store.check()).toBeUndefined());
  });
});
