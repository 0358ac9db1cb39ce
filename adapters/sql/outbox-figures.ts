import type { Database } from './database.ts';

/** How the outbox of one destination stands. What is not due yet, such as a timer, does not count as waiting. */
export interface OutboxFigures {
  readonly destination: string;
  readonly waiting: number;
  /** Since what waits longest was due; 0 where nothing waits. */
  readonly oldestSeconds: number;
  readonly dead: number;
}

/** Counts what waits and what was given up. Throws StoreError when the database cannot answer. */
export async function readOutboxFigures(database: Database, now: Date): Promise<readonly OutboxFigures[]> {
  const rows = await database.read(
    database.sql
      .selectFrom('outbox')
      .select(({ fn }) => ['destination', 'state', fn.countAll().as('count'), fn.min('due').as('due')])
      .where('due', '<=', now.getTime())
      .groupBy(['destination', 'state']),
  );
  return [...Map.groupBy(rows, ({ destination }) => destination)].map(([destination, states]) => {
    const waiting = states.find(({ state }) => state === 'waiting');
    const dead = states.find(({ state }) => state === 'dead');
    return {
      destination,
      waiting: Number(waiting?.count ?? 0),
      oldestSeconds: waiting === undefined ? 0 : (now.getTime() - Number(waiting.due)) / 1_000,
      dead: Number(dead?.count ?? 0),
    };
  });
}
