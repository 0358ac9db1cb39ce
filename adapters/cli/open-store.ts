import { existsSync } from 'node:fs';
import { StoreError } from '../../src/errors.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { createStore, type Store } from '../sql/store.ts';
import type { CommandIo } from './command.ts';

/** Gives an operator's command the store of DATABASE_URL. Unlike the start, it never makes a new database. */
export async function withStore<T>({ environment }: CommandIo, use: (store: Store) => Promise<T>): Promise<T> {
  const { databaseUrl, logLevel } = readConfig(environment);
  const file = sqliteFile(databaseUrl);
  if (file !== undefined && !existsSync(file))
    throw new StoreError(`There is no database ${file}: set DATABASE_URL to the one that is used.`);
  const store = await createStore(databaseUrl, createLog(logLevel));
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

/** The file of an SQLite URL; undefined for another engine. */
export function sqliteFile(databaseUrl: string): string | undefined {
  return databaseUrl.startsWith('sqlite:') ? databaseUrl.slice('sqlite:'.length) : undefined;
}
