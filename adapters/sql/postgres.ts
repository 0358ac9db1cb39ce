import {
  type Compilable,
  type CompiledQuery,
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely';
import pg from 'pg';
import type { Log } from '../../src/ports/log.ts';
import type { Database, Result, Unit } from './database.ts';
import { postgresFault } from './faults.ts';
import { announcements, listenForAnnouncements } from './postgres-announcements.ts';
import type { Tables } from './tables.ts';

/** Every limit ends a wait that would otherwise hold a turn for ever. */
const limits = {
  max: 10,
  connectionTimeoutMillis: 5_000,
  idleTimeoutMillis: 30_000,
  query_timeout: 15_000,
  statement_timeout: 10_000,
  lock_timeout: 5_000,
  idle_in_transaction_session_timeout: 10_000,
  keepAlive: true,
  application_name: 'licence-desk',
} as const;

/** Instants and sequence numbers are far below 2^53: as numbers they are the same on both engines. */
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);

/** Opens a pool on a PostgreSQL database. Nothing is connected until the first query, which throws StoreError when it cannot. */
export function openPostgres(url: string, log: Log): Database {
  return new PostgresDatabase(url, log);
}

class PostgresDatabase implements Database {
  readonly engine = 'postgres';
  readonly sql = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (db) => new PostgresIntrospector(db),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
  });
  readonly #url: string;
  readonly #where: string;
  readonly #log: Log;
  readonly #pool: pg.Pool;
  /** Tells our own announcements from those of others. */
  readonly #sender = crypto.randomUUID();
  readonly #listeners = new Set<() => void>();
  #announcing = false;
  #stopListening: (() => Promise<void>) | undefined;

  constructor(url: string, log: Log) {
    this.#url = url;
    this.#log = log;
    this.#where = describeUrl(url);
    this.#pool = new pg.Pool({ connectionString: url, types, ...limits });
    // A connection lost in a transaction between two statements: without a listener it ends the process; the next statement tells.
    this.#pool.on('connect', (client) => client.on('error', () => {}));
    this.#pool.on('error', (error) => log.warn({ reason: error.message }, 'an idle database connection was lost'));
  }

  async read<R>(query: Compilable<R>): Promise<readonly R[]> {
    const { sql, parameters } = query.compile();
    try {
      return (await this.#pool.query(sql, [...parameters])).rows;
    } catch (error) {
      throw postgresFault(error, this.#where);
    }
  }

  async transact<T>(unit: Unit<T>, keeps: (result: T) => boolean = () => true): Promise<T> {
    let client: pg.PoolClient | undefined;
    try {
      client = await this.#pool.connect();
      await client.query('begin');
      const result = await drive(client, unit);
      await client.query(keeps(result) ? 'commit' : 'rollback');
      client.release();
      return result;
    } catch (error) {
      // A connection that failed in a transaction is not used again: the server rolls back what was not committed.
      client?.release(true);
      throw postgresFault(error, this.#where);
    }
  }

  /** One announcement for all commits of a moment, outside their transactions: PostgreSQL takes notifying commits one by one. */
  announce(): void {
    if (this.#announcing) return;
    this.#announcing = true;
    setImmediate(() => {
      this.#announcing = false;
      this.#pool
        .query('select pg_notify($1, $2)', [announcements, this.#sender])
        .catch((error: Error) =>
          this.#log.warn(
            { reason: error.message },
            'other processes were not told of new deliveries; they will find them by polling',
          ),
        );
    });
  }

  onAnnounced(wake: () => void): () => void {
    this.#listeners.add(wake);
    this.#stopListening ??= listenForAnnouncements(this.#url, this.#log, (sender) => {
      if (sender !== this.#sender) for (const listener of this.#listeners) listener();
    });
    return () => this.#listeners.delete(wake);
  }

  async close(): Promise<void> {
    await this.#stopListening?.();
    await this.#pool.end();
  }
}

async function drive<T>(client: pg.PoolClient, unit: Unit<T>): Promise<T> {
  let step = unit.next();
  while (step.done !== true) step = unit.next(await run(client, step.value));
  return step.value;
}

async function run(client: pg.PoolClient, { sql, parameters }: CompiledQuery): Promise<Result> {
  const { rows, rowCount } = await client.query(sql, [...parameters]);
  return { rows, written: rowCount ?? 0 };
}

/** Server and database of a URL, without user and password. */
function describeUrl(url: string): string {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
}
