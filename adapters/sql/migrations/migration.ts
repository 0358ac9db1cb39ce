import type { Kysely } from 'kysely';
import type { Database, Unit } from '../database.ts';
import type { Tables } from '../tables.ts';

/** One step of the schema. Once released it is never changed: the next change is the next migration. */
export interface Migration {
  readonly name: string;
  up(sql: Kysely<Tables>, engine: Database['engine']): Unit<void>;
}
