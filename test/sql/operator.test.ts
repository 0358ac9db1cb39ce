import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backup, restore } from '../../adapters/cli/backup.ts';
import type { Command } from '../../adapters/cli/command.ts';
import { erase, exportUser } from '../../adapters/cli/erase.ts';
import { outbox } from '../../adapters/cli/outbox.ts';
import { createStore, type Store } from '../../adapters/sql/store.ts';
import { at, delivery, turn } from './samples.ts';
import { silentLog } from './silent-log.ts';

let folder: string;
let file: string;
let copy: string;
let store: Store;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'licence-desk-'));
  file = join(folder, 'desk.db');
  copy = join(folder, 'copy.db');
  store = await createStore(`sqlite:${file}`, silentLog);
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

async function run(command: Command, ...args: string[]): Promise<{ code: number; said: string }> {
  let said = '';
  const sink = new Writable({
    write(chunk, _, done) {
      said += String(chunk);
      done();
    },
  });
  const environment = { DATABASE_URL: `sqlite:${file}`, LOG_LEVEL: 'silent' };
  const code = await command(args, { input: Readable.from([]), output: sink, errors: sink, environment });
  return { code, said };
}

const turnOf = async (path: string) => {
  const opened = await createStore(`sqlite:${path}`, silentLog);
  const found = (await opened.conversations.load('a'))?.turn;
  await opened.close();
  return found;
};

describe('backup', () => {
  test('copies a database while it is in use', async () => {
    await store.conversations.commit(turn('a', 1));
    const [result] = await Promise.all([run(backup, copy), store.conversations.commit(turn('b', 1))]);
    expect(result.code).toBe(0);
    await store.conversations.commit(turn('a', 2));
    expect(readdirSync(folder).filter((name) => name.startsWith('copy'))).toEqual(['copy.db']);
    expect(await turnOf(copy)).toBe(1);
  });

  test('does not write over a file', async () => {
    writeFileSync(copy, 'mine');
    await expect(run(backup, copy)).rejects.toThrow(/exists/);
    expect(readFileSync(copy, 'utf8')).toBe('mine');
  });

  test('of a database that is not there makes none', async () => {
    file = join(folder, 'missing.db');
    await expect(run(backup, copy)).rejects.toThrow(/missing\.db/);
    expect(existsSync(file)).toBe(false);
    expect(existsSync(copy)).toBe(false);
  });
});

describe('restore', () => {
  beforeEach(async () => {
    await store.conversations.commit(turn('a', 1));
    await run(backup, copy);
    await store.conversations.commit(turn('a', 2));
  });

  test('does not touch a database that exists, unless told so', async () => {
    await store.close();
    await expect(run(restore, copy)).rejects.toThrow(/--replace/);
    expect(await turnOf(file)).toBe(2);
  });

  test('keeps the database it replaces', async () => {
    await store.close();
    expect(await run(restore, copy, '--replace')).toMatchObject({
      code: 0,
      said: expect.stringContaining('replaced-'),
    });
    expect(await turnOf(file)).toBe(1);
    const kept = readdirSync(folder).find((name) => /replaced-[\dTZ-]+$/.test(name)) ?? '';
    expect(await turnOf(join(folder, kept))).toBe(2);
  });

  test('does not take a database away from a process that uses it', async () => {
    await expect(run(restore, copy, '--replace')).rejects.toThrow(/held by another process/);
    expect((await store.conversations.load('a'))?.turn).toBe(2);
  });

  test('replaces a damaged database', async () => {
    await store.close();
    writeFileSync(file, 'no database at all, but long enough to be read as a page header of one');
    expect((await run(restore, copy, '--replace')).code).toBe(0);
    expect(await turnOf(file)).toBe(1);
  });

  test('refuses a backup that is damaged or something else', async () => {
    await store.close();
    const bytes = readFileSync(copy);
    const damaged = join(folder, 'damaged.db');
    writeFileSync(damaged, bytes.fill(0x5a, 4_096, 12_288));
    await expect(run(restore, damaged, '--replace')).rejects.toThrow(/damaged/);
    copyFileSync(import.meta.filename, damaged);
    await expect(run(restore, damaged, '--replace')).rejects.toThrow(/not an SQLite database/);
    expect(await turnOf(file)).toBe(2);
  });
});

describe("the operator's commands", () => {
  beforeEach(async () => {
    await store.conversations.commit(turn('a', 1, { deliveries: [delivery('d1', 'a')] }));
    await store.outbox.claim({ destinations: ['slack'], now: at(1), limit: 1, leaseMs: 1_000, owner: 'me' });
    await store.outbox.settle('d1', 'me', { kind: 'dead', at: at(2), reason: 'channel_not_found' });
  });

  test('outbox lists, retries and drops dead deliveries', async () => {
    expect((await run(outbox, 'list')).said).toMatch(/^d1 {2}dead {2}slack .*channel_not_found\n$/);
    expect(JSON.parse((await run(outbox, 'list', '--json')).said)).toMatchObject({ id: 'd1', state: 'dead' });
    expect(await run(outbox, 'drop', 'other')).toMatchObject({ code: 1 });
    expect(await run(outbox, 'retry', 'd1')).toMatchObject({ code: 0 });
    expect((await run(outbox, 'list')).said).toContain('next ');
    expect(await run(outbox, 'retry')).toMatchObject({ code: 2 });
    expect(await run(outbox, 'list', '--unknown')).toMatchObject({ code: 2 });
  });

  test('erase tells first how much it is, and needs a yes', async () => {
    const person = ['--workspace=slack:T1', '--user=U1'];
    expect(JSON.parse((await run(exportUser, ...person)).said).conversations).toHaveLength(1);
    expect(await run(erase, ...person)).toMatchObject({ code: 1, said: expect.stringContaining('1 conversations') });
    expect(await store.conversations.load('a')).toBeDefined();
    expect(await run(erase, ...person, '--yes')).toMatchObject({ code: 0 });
    expect(await store.conversations.load('a')).toBeUndefined();
    expect(await run(erase, '--user=U1')).toMatchObject({ code: 2 });
  });

  test('never make a database', async () => {
    file = join(folder, 'missing.db');
    await expect(run(outbox, 'list')).rejects.toThrow(/no database/);
    expect(existsSync(file)).toBe(false);
  });
});
