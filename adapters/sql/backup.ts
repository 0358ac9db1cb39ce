import { closeSync, copyFileSync, existsSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite, { SqliteError } from 'better-sqlite3';
import { StoreError } from '../../src/errors.ts';
import { sqliteFault } from './faults.ts';
import { migrations } from './migrations/migrate.ts';

/**
 * Copies an SQLite database while it is in use, and checks the copy. The copy is one file and appears whole or not at all.
 * Throws StoreError when `destination` exists or the database cannot be read.
 */
export async function backUp(file: string, destination: string): Promise<void> {
  refuseExisting(destination, 'give another name, or remove it first');
  const partial = `${destination}.partial`;
  rmSync(partial, { force: true });
  try {
    const source = new Sqlite(file, { readonly: true, fileMustExist: true });
    try {
      await source.backup(partial);
    } finally {
      source.close();
    }
    const copy = new Sqlite(partial);
    copy.pragma('journal_mode = DELETE');
    copy.close();
    checkBackup(partial);
    flush(partial);
    // Unlike a rename, a link never replaces what appeared there meanwhile.
    linkSync(partial, destination);
    flush(dirname(destination));
  } catch (error) {
    throw sqliteFault(error, file);
  } finally {
    rmSync(partial, { force: true });
  }
}

/**
 * Puts a backup in the place of the database. With `replace`, a database that is there is moved aside and kept; gives its new
 * name. Throws StoreError when the backup is not sound, or the place is taken or in use; nothing is changed then.
 */
export function restore(
  backup: string,
  file: string,
  options: { readonly replace: boolean; readonly now: Date },
): string | undefined {
  checkBackup(backup);
  if (!options.replace)
    refuseExisting(file, 'to put the backup in its place, say --replace: the old one is then kept under another name');
  const fresh = `${file}.restoring`;
  copyFileSync(backup, fresh);
  flush(fresh);
  const aside = existsSync(file) ? moveAside(file, options.now) : undefined;
  renameSync(fresh, file);
  flush(dirname(file));
  return aside;
}

function moveAside(file: string, now: Date): string {
  refuseUsed(file);
  const aside = `${file}.replaced-${now.toISOString().replace(/[:.]/g, '-')}`;
  for (const part of ['', '-wal', '-shm'])
    if (existsSync(`${file}${part}`)) renameSync(`${file}${part}`, `${aside}${part}`);
  return aside;
}

/** A database that another process has open must not be moved from under it. */
function refuseUsed(file: string): void {
  const connection = new Sqlite(file, { timeout: 0 });
  try {
    connection.pragma('locking_mode = EXCLUSIVE');
    connection.exec('begin exclusive; rollback');
  } catch (error) {
    const damaged = error instanceof SqliteError && /^SQLITE_(CORRUPT|NOTADB)/.test(error.code);
    if (!damaged) throw sqliteFault(error, file);
  } finally {
    connection.close();
  }
}

function checkBackup(file: string): void {
  try {
    const connection = new Sqlite(file, { readonly: true, fileMustExist: true });
    try {
      const found = connection.pragma('integrity_check(1)', { simple: true });
      if (found !== 'ok')
        throw new StoreError(`${file} is damaged (${String(found).replaceAll('\n', ' ')}): take an older backup.`);
      const schema = Number(connection.prepare("select value from meta where key = 'schema'").pluck().get());
      if (schema > migrations.length)
        throw new StoreError(`${file} was made by a newer version (schema ${schema}): start that version.`);
    } finally {
      connection.close();
    }
  } catch (error) {
    if (error instanceof SqliteError && /no such table/.test(error.message))
      throw new StoreError(`${file} is no database of Licence Desk.`, { cause: error });
    throw sqliteFault(error, file);
  }
}

function refuseExisting(file: string, remedy: string): void {
  if (existsSync(file)) throw new StoreError(`${file} exists: ${remedy}.`);
}

function flush(path: string): void {
  const descriptor = openSync(path, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
