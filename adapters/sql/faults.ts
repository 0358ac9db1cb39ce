import { SqliteError } from 'better-sqlite3';
import { BotError, StoreError } from '../../src/errors.ts';

const sqliteRemedies: Readonly<Record<string, string>> = {
  SQLITE_CANTOPEN: 'cannot be opened: check that its folder exists and that this user may write there',
  SQLITE_READONLY: 'is read-only: give this user the right to write the file and its folder',
  SQLITE_FULL: 'cannot grow: the disk is full. Free some space; nothing of the last turn was kept',
  SQLITE_IOERR: 'cannot be read or written: look at the disk; nothing of the last turn was kept',
  SQLITE_CORRUPT: 'is damaged: stop, keep a copy of the file, and restore the newest backup',
  SQLITE_NOTADB:
    'is not an SQLite database: DATABASE_URL names a file of something else, or the file is damaged. It was left as it is',
  SQLITE_BUSY: 'is held by another process: end it, or use PostgreSQL for several processes',
  SQLITE_LOCKED: 'is held by another process: end it, or use PostgreSQL for several processes',
};

const postgresRemedies: Readonly<Record<string, string>> = {
  '28P01': 'refused the password: correct it in DATABASE_URL',
  '28000': 'refused the user: correct DATABASE_URL or pg_hba.conf',
  '3D000': 'has no such database: create it, or correct DATABASE_URL',
  '42501': 'does not let this user do that: grant it the rights on the schema',
  '42P01': 'misses a table: the schema was changed by hand. Restore a backup',
  '53100': 'has a full disk: free some space; nothing of the last turn was kept',
  '53300': 'has no connection left: raise max_connections or run fewer processes',
  '55P03': 'kept a row locked for too long: look for a statement that hangs; nothing of the last turn was kept',
  '57014': 'took too long and was stopped: look at its load; nothing of the last turn was kept',
  '57P01': 'is shutting down: it is used again when it is back',
  '57P03': 'is starting up: it is used as soon as it is ready',
  '25006': 'is read-only: it is a standby, or default_transaction_read_only is on. Name the primary in DATABASE_URL',
  ECONNREFUSED: 'does not listen there: start it, or correct host and port in DATABASE_URL',
  ENOTFOUND: 'has a host name nobody knows: correct the host in DATABASE_URL',
  ETIMEDOUT: 'does not answer: check host, port and firewall',
  ECONNRESET: 'cut the connection: the next turn opens another',
};

/** Makes an SQLite failure a StoreError that names the file, the cause and the remedy. Errors of ours pass as they are. */
export function sqliteFault(error: unknown, file: string): Error {
  if (error instanceof BotError) return error;
  if (!(error instanceof SqliteError)) return isFileFault(error) ? folderFault(error, file) : (error as Error);
  const family = error.code.split('_').slice(0, 2).join('_');
  const remedy = sqliteRemedies[family] ?? `failed: ${error.message}`;
  return new StoreError(`The SQLite database ${file} ${remedy} (${error.code}).`, { cause: error });
}

/** The folder of the file cannot be made. */
function folderFault(error: NodeJS.ErrnoException, file: string): StoreError {
  return new StoreError(`The SQLite database ${file} ${sqliteRemedies.SQLITE_CANTOPEN} (${error.code}).`, {
    cause: error,
  });
}

function isFileFault(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}

/** Makes a PostgreSQL failure a StoreError; `where` names server and database without the password. */
export function postgresFault(error: unknown, where: string): Error {
  if (error instanceof BotError) return error;
  const code = codeOf(error);
  if (code === undefined && !isConnectionLoss(error)) return error as Error;
  const remedy = postgresRemedies[code ?? 'ECONNRESET'] ?? `failed: ${messageOf(error)}`;
  return new StoreError(`PostgreSQL at ${where} ${remedy} (${code ?? messageOf(error)}).`, { cause: error });
}

function codeOf(error: unknown): string | undefined {
  const [first = error] = error instanceof AggregateError ? error.errors : [];
  return first instanceof Error && 'code' in first && typeof first.code === 'string' ? first.code : undefined;
}

/** What `pg` says without a code: a timeout of the pool, a connection that ended under a query. */
function isConnectionLoss(error: unknown): boolean {
  return /terminat|timeout|timed out|not queryable|Connection ended/i.test(messageOf(error));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
