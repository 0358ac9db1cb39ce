import { existsSync } from 'node:fs';
import { StoreError } from '../../src/errors.ts';
import type { Log } from '../../src/ports/log.ts';
import { type Finding, ill, well } from '../finding.ts';
import { readSchema } from './migrations/migrate.ts';
import { openDatabase } from './store.ts';

const about = 'database';
const sqlite = 'sqlite:';

/** Whether the database of a URL can be reached and is ours. Makes none, and brings no schema up to date; never throws. */
export async function examineDatabase(url: string, log: Log): Promise<Finding> {
  if (url.startsWith(sqlite) && !existsSync(url.slice(sqlite.length)))
    return well(about, `${url.slice(sqlite.length)} is not there yet: the first start makes it`);
  try {
    const database = await openDatabase(url, log);
    try {
      const { found, known } = await readSchema(database);
      if (found > known) return ill(about, `has schema ${found}, of a newer version: this one knows ${known}`);
      if (found === 0) return well(about, `${database.engine} is empty: the first start fills it`);
      if (found < known)
        return well(about, `${database.engine}, schema ${found}: the next start brings it to ${known}`);
      return well(about, `${database.engine}, schema ${found}`);
    } finally {
      await database.close();
    }
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return ill(about, error.message);
  }
}
