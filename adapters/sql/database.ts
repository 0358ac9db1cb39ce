import type { Compilable, CompiledQuery, Kysely } from 'kysely';
import type { Tables } from './tables.ts';

/** What a statement gave: its rows, and how many rows it wrote. */
export interface Result {
  readonly rows: readonly unknown[];
  readonly written: number;
}

/**
 * Work inside one transaction, written once for both engines: it yields statements and is given their results. SQLite runs
 * it in one go, PostgreSQL over the wire.
 */
export type Unit<T> = Generator<CompiledQuery, T, Result>;

/** One database, of either engine. Statements are built with `sql` and run only through `read` and `transact`. */
export interface Database {
  readonly engine: 'sqlite' | 'postgres';
  readonly sql: Kysely<Tables>;
  /** Runs one query outside any transaction. Throws StoreError when the database cannot answer. */
  read<R>(query: Compilable<R>): Promise<readonly R[]>;
  /**
   * Runs the unit in a transaction, on disk when it returns. Nothing is kept when it throws, or when `keeps` refuses its
   * result. Throws StoreError when the database fails; then the transaction may have been kept all the same if the
   * connection broke while it was being committed.
   */
  transact<T>(unit: Unit<T>, keeps?: (result: T) => boolean): Promise<T>;
  /** Tells the other processes on this database that deliveries were added; where there is no way to, they poll. */
  announce(): void;
  /** Calls when another process has announced deliveries. Returns how to stop. */
  onAnnounced(wake: () => void): () => void;
  close(): Promise<void>;
}

/** The rows of a query, inside a unit. */
export function* rowsOf<R>(query: Compilable<R>): Unit<readonly R[]> {
  return (yield query.compile()).rows as readonly R[];
}

/** How many rows a statement wrote, inside a unit. */
export function* writtenBy(query: Compilable): Unit<number> {
  return (yield query.compile()).written;
}

/** One statement as a unit. */
export function* execute(query: Compilable): Unit<void> {
  yield query.compile();
}
