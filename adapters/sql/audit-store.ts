import { createHash } from 'node:crypto';
import { sql as raw } from 'kysely';
import { type Database, rowsOf, type Unit } from './database.ts';

/** What was done, for those who have to account for it: ids and counts, never a name or a sentence. */
export interface AuditEntry {
  readonly kind: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

export interface AuditStore {
  append(entry: AuditEntry): Promise<void>;
  /** Every entry in order. */
  list(): Promise<readonly (AuditEntry & { readonly seq: number })[]>;
  /**
   * The number of the first entry that is not as it was written, or before which one is missing; undefined when all are sound.
   * That the newest entries were cut off cannot be seen here: compare the number of the last one with an older listing.
   */
  firstBroken(): Promise<number | undefined>;
}

/** What an id of ours or of a platform can be. Free text is none, so it cannot get in. */
const idShape = /^[\w:.@/-]{1,100}$/;

export function createAuditStore(database: Database): AuditStore {
  const rows = () => database.read(database.sql.selectFrom('audit').selectAll().orderBy('seq'));
  return {
    append: (entry) => database.transact(appendAudit(database, entry)),
    async list() {
      return (await rows()).map(({ seq, at, kind, detail }) => ({
        seq,
        kind,
        at: new Date(at).toISOString(),
        detail: JSON.parse(detail),
      }));
    },
    async firstBroken() {
      let last = '';
      for (const [index, row] of (await rows()).entries()) {
        if (row.seq !== index + 1 || row.hash !== hashOf(last, row)) return index + 1;
        last = row.hash;
      }
      return undefined;
    },
  };
}

/** Adds an entry inside the transaction of what it tells of. Throws a TypeError for a detail that is not an id or a number. */
export function* appendAudit({ engine, sql }: Database, { kind, at, detail }: AuditEntry): Unit<void> {
  for (const [name, value] of Object.entries(detail)) {
    if (typeof value === 'string' && !idShape.test(value))
      throw new TypeError(`the audit takes ids and numbers, and ${name} is neither`);
  }
  // Entries are chained, so writers take turns; readers go on.
  if (engine === 'postgres') yield raw`lock table audit in share row exclusive mode`.compile(sql);
  const [last] = yield* rowsOf(sql.selectFrom('audit').select(['seq', 'hash']).orderBy('seq', 'desc').limit(1));
  const row = { seq: (last?.seq ?? 0) + 1, at: Date.parse(at), kind, detail: JSON.stringify(detail) };
  yield sql
    .insertInto('audit')
    .values({ ...row, hash: hashOf(last?.hash ?? '', row) })
    .compile();
}

function hashOf(
  last: string,
  {
    seq,
    at,
    kind,
    detail,
  }: { readonly seq: number; readonly at: number; readonly kind: string; readonly detail: string },
): string {
  return createHash('sha256')
    .update(JSON.stringify([last, seq, at, kind, detail]))
    .digest('hex');
}
