import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { execute } from '../../adapters/sql/database.ts';
import { createStore } from '../../adapters/sql/store.ts';
import { describeOutbox } from '../contracts/outbox-contract.ts';
import { describeConversationStore } from '../contracts/store-contract.ts';
import { startPostgres } from '../support/postgres.ts';
import { silentLog } from './silent-log.ts';

const folder = mkdtempSync(join(tmpdir(), 'licence-desk-'));
const postgres = await startPostgres();
let files = 0;

afterAll(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true });
});

describe('SQLite', () => {
  const open = () => {
    files += 1;
    return createStore(`sqlite:${join(folder, `${files}.db`)}`, silentLog);
  };
  describeConversationStore(open);
  describeOutbox(open);
});

describe.skipIf(postgres === undefined)('PostgreSQL', () => {
  const url = postgres?.freshDatabase() ?? '';
  const open = async () => {
    const store = await createStore(await url, silentLog);
    for (const table of ['conversation', 'turn_log', 'receipt', 'outbox', 'place'] as const) {
      await store.database.transact(execute(store.database.sql.deleteFrom(table)));
    }
    return store;
  };
  describeConversationStore(open);
  describeOutbox(open);
});
