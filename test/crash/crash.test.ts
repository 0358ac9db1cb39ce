import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { startPostgres } from '../support/postgres.ts';
import { runRounds } from './run-rounds.ts';

/** The short form of `npm run crash`. */
const rounds = 3;
const folder = mkdtempSync(join(tmpdir(), 'licence-desk-crash-'));
const postgres = await startPostgres();

afterAll(async () => {
  await postgres?.stop();
  rmSync(folder, { recursive: true });
});

const sound = {
  lostTurns: [],
  repeatedEvents: [],
  skippedDeliveries: [],
  outOfOrder: [],
  inventedDeliveries: [],
  unexcusedRepeats: [],
  lostTickets: [],
  doubledTickets: [],
  unsettledTickets: [],
  wrongCards: [],
};

describe('processes killed under load', () => {
  test('lose nothing on SQLite', { timeout: 120_000 }, async () => {
    const verdict = await runRounds({
      url: `sqlite:${join(folder, 'crash.db')}`,
      folder: mkdtempSync(join(folder, 'journal-')),
      rounds,
      processes: 1,
    });
    expect(verdict).toMatchObject(sound);
  });

  test.skipIf(postgres === undefined)(
    'lose nothing on PostgreSQL, where two share the database',
    { timeout: 120_000 },
    async () => {
      const url = (await postgres?.freshDatabase()) ?? '';
      const verdict = await runRounds({ url, folder: mkdtempSync(join(folder, 'journal-')), rounds, processes: 2 });
      expect(verdict).toMatchObject(sound);
    },
  );
});
