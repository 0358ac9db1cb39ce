import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../support/postgres.ts';
import { runRounds } from './run-rounds.ts';

/** `npm run crash [rounds]`: kills processes under load on both engines and reports what was lost, skipped or repeated. */
const rounds = Number(process.argv[2] ?? 100);
const folder = mkdtempSync(join(tmpdir(), 'licence-desk-crash-'));
const postgres = await startPostgres();
try {
  await report('SQLite', 1, `sqlite:${join(folder, 'crash.db')}`);
  if (postgres !== undefined) await report('PostgreSQL', 2, await postgres.freshDatabase());
} finally {
  await postgres?.stop();
  rmSync(folder, { recursive: true });
}

async function report(engine: string, processes: number, url: string): Promise<void> {
  const { counts, tickets, killedAt, ...faults } = await runRounds({
    url,
    folder: mkdtempSync(join(folder, 'journal-')),
    rounds,
    processes,
  });
  process.stdout.write(
    `${engine}: ${rounds} rounds, ${processes} process(es)\n  killed at: ${JSON.stringify(killedAt)}\n`,
  );
  process.stdout.write(`  ${JSON.stringify(counts)}\n  tickets: ${JSON.stringify(tickets)}\n`);
  for (const [fault, found] of Object.entries(faults)) {
    process.stdout.write(
      `  ${fault}: ${found.length}${found.length > 0 ? ` (${found.slice(0, 5).join(', ')})` : ''}\n`,
    );
    if (found.length > 0) process.exitCode = 1;
  }
}
