import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { createStore } from '../../adapters/sql/store.ts';
import { describeKept } from '../contracts/kept-contract.ts';
import { describeOutbox } from '../contracts/outbox-contract.ts';
import { describeConversationStore } from '../contracts/store-contract.ts';
import { emptyDatabase, startPostgres } from '../support/postgres.ts';
import { silentLog } from './silent-log.ts';
import { describeUpkeep } from './upkeep.ts';

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
  describeKept(open);
  describeUpkeep(open);
});

describe.skipIf(postgres === undefined)('PostgreSQL', () => {
  const url = postgres?.freshDatabase();
  const open = async () => {
    await emptyDatabase((await url) ?? '');
    return createStore((await url) ?? '', silentLog);
  };
  describeConversationStore(open);
  describeOutbox(open);
  describeKept(open);
  describeUpkeep(open);
});
