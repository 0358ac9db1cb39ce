import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import {
  type Compilable,
  type CompiledQuery,
  DummyDriver,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { StoreError } from '../../src/errors.ts';
import type { Database, Result, Unit } from './database.ts';
import { sqliteFault } from './faults.ts';
import type { Tables } from './tables.ts';

/** How long a writer waits for another process before the turn is given up. */
const busyTimeoutMs = 5_000;
/** Enough for the upper pages of every index at a million conversations; taken only as it is used. */
const cacheKib = 32_768;
/** How many pages of changes are gathered before they go to the file itself, each once: 16 MB, four times what SQLite does. */
const checkpointPages = 4_000;
/** Up to this size a whole check at start takes a moment; larger files are checked by `backup`. */
const checkedPages = 4_000;

interface Waiting {
  readonly run: () => void;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Opens an SQLite file, and makes it where there is none. Commits that arrive in the same moment share one transaction and
 * so one fsync; each runs in a savepoint of its own.
 * Throws StoreError when the file cannot be used; an existing file is then left as it is.
 */
export function openSqlite(file: string): Database {
  try {
    return new SqliteDatabase(file);
  } catch (error) {
    throw sqliteFault(error, file);
  }
}

class SqliteDatabase implements Database {
  readonly engine = 'sqlite';
  readonly sql = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new SqliteAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new SqliteIntrospector(db),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  });
  readonly #file: string;
  readonly #connection: Sqlite.Database;
  readonly #statements = new Map<string, Sqlite.Statement>();
  #waiting: Waiting[] = [];

  constructor(file: string) {
    this.#file = file;
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    this.#connection = new Sqlite(file, { timeout: busyTimeoutMs });
    try {
      prepareConnection(this.#connection, file);
    } catch (error) {
      this.#connection.close();
      throw error;
    }
  }

  async read<R>(query: Compilable<R>): Promise<readonly R[]> {
    try {
      return this.#run(query.compile()).rows as readonly R[];
    } catch (error) {
      throw sqliteFault(error, this.#file);
    }
  }

  transact<T>(unit: Unit<T>, keeps: (result: T) => boolean = () => true): Promise<T> {
    return new Promise((resolve, reject) => {
      let outcome: { readonly result: T } | undefined;
      if (this.#waiting.length === 0) setImmediate(() => this.#commitWaiting());
      this.#waiting.push({
        run: () => {
          outcome = { result: this.#inSavepoint(unit, keeps) };
        },
        resolve: () => outcome !== undefined && resolve(outcome.result),
        reject: (error) => reject(sqliteFault(error, this.#file)),
      });
    });
  }

  announce(): void {}

  onAnnounced(): () => void {
    return () => {};
  }

  async close(): Promise<void> {
    if (this.#waiting.length > 0) this.#commitWaiting();
    this.#connection.close();
  }

  /** Runs all that waits in one transaction. A unit that fails takes only itself along, unless the transaction is lost. */
  #commitWaiting(): void {
    const units = this.#waiting;
    this.#waiting = [];
    const done: Waiting[] = [];
    try {
      if (units.length > 0) this.#exec('begin immediate');
      for (const unit of units) {
        try {
          unit.run();
          done.push(unit);
        } catch (error) {
          if (!this.#connection.inTransaction) throw error;
          unit.reject(error);
        }
      }
      if (units.length > 0) this.#exec('commit');
    } catch (error) {
      if (this.#connection.inTransaction) this.#connection.exec('rollback');
      for (const unit of units) unit.reject(error);
      return;
    }
    for (const unit of done) unit.resolve();
  }

  #inSavepoint<T>(unit: Unit<T>, keeps: (result: T) => boolean): T {
    this.#exec('savepoint unit');
    let kept = false;
    try {
      const result = this.#drive(unit);
      kept = keeps(result);
      return result;
    } finally {
      if (this.#connection.inTransaction) {
        if (!kept) this.#exec('rollback to unit');
        this.#exec('release unit');
      }
    }
  }

  #drive<T>(unit: Unit<T>): T {
    let step = unit.next();
    while (step.done !== true) step = unit.next(this.#run(step.value));
    return step.value;
  }

  #run({ sql, parameters }: CompiledQuery): Result {
    const statement = this.#prepare(sql);
    if (statement.reader) return { rows: statement.all(...parameters), written: 0 };
    return { rows: [], written: statement.run(...parameters).changes };
  }

  #exec(sql: string): void {
    this.#prepare(sql).run();
  }

  #prepare(sql: string): Sqlite.Statement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#connection.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

function prepareConnection(connection: Sqlite.Database, file: string): void {
  // Switching to WAL needs the file alone and does not wait for it: another process that starts may be doing the same.
  if (connection.pragma('journal_mode', { simple: true }) !== 'wal') connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma(`cache_size = -${cacheKib}`);
  connection.pragma(`wal_autocheckpoint = ${checkpointPages}`);
  // What a savepoint would take back is kept in memory: SQLite would write it to a file of its own, for every turn.
  connection.pragma('temp_store = MEMORY');
  if (Number(connection.pragma('page_count', { simple: true })) > checkedPages) return;
  const found = connection.pragma('quick_check(1)', { simple: true });
  if (found !== 'ok') {
    throw new StoreError(
      `The SQLite database ${file} is damaged (${String(found).replaceAll('\n', ' ')}): stop, keep a copy of the file, and restore the newest backup.`,
    );
  }
}
