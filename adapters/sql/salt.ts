import { randomBytes } from 'node:crypto';
import { type Database, rowsOf, type Unit } from './database.ts';

/** The salt of this database, made at the first use: what is derived or hashed here matches nothing elsewhere. */
export function* readSalt({ sql }: Database): Unit<Buffer> {
  const made = { key: 'salt', value: randomBytes(16).toString('base64url') };
  yield sql
    .insertInto('meta')
    .values(made)
    .onConflict((it) => it.column('key').doNothing())
    .compile();
  const [row = made] = yield* rowsOf(sql.selectFrom('meta').select('value').where('key', '=', 'salt'));
  return Buffer.from(row.value, 'base64url');
}
