import type { CompiledQuery } from 'kysely';
import type { Database, Result, Unit } from '../../adapters/sql/database.ts';
import { type Store, storeOn } from '../../adapters/sql/store.ts';

/** Where a process can be made to die: in a commit, in what the outbox and a ticket write, and around the call of a destination or a desk. */
export const failpoints = [
  'commit-begins',
  'commit-half-written',
  'commit-written',
  'commit-done',
  'claim-written',
  'claim-done',
  'before-sending',
  'sent',
  'answered',
  'settle-written',
  'settle-done',
  'ticket-written',
  'ticket-done',
  'before-creating',
  'created',
  'looked',
] as const;
export type Failpoint = (typeof failpoints)[number];

/** Called at every point; the one that is armed does not return. */
export type Reach = (point: Failpoint) => void;

/** Dies at once, as under `kill -9`, when `point` is reached for the `count`th time. */
export function dieAt(armed: { readonly point: Failpoint; readonly count: number } | null): Reach {
  let left = armed?.count ?? 0;
  return (point) => {
    if (point !== armed?.point) return;
    left -= 1;
    if (left <= 0) process.kill(process.pid, 'SIGKILL');
  };
}

type Operation = 'commit' | 'claim' | 'settle' | 'ticket';

/** The stores over a database, with the points of their writes. */
export function storeWithFailpoints(database: Database, reach: Reach): Store {
  let operation: Operation | undefined;
  const store = storeOn({
    engine: database.engine,
    sql: database.sql,
    read: (query) => database.read(query),
    transact: (unit, keeps) =>
      database.transact(operation === undefined ? unit : watched(unit, operation, reach), keeps),
    announce: () => database.announce(),
    onAnnounced: (wake) => database.onAnnounced(wake),
    close: () => database.close(),
  });
  /** The stores begin their transaction before they first wait, so the operation is known while it begins. */
  async function during<T>(name: Operation, act: () => Promise<T>): Promise<T> {
    if (name === 'commit') reach('commit-begins');
    operation = name;
    const acting = act();
    operation = undefined;
    const result = await acting;
    reach(`${name}-done`);
    return result;
  }
  return {
    ...store,
    conversations: {
      ...store.conversations,
      commit: (write) => during('commit', () => store.conversations.commit(write)),
    },
    tickets: {
      ...store.tickets,
      save: (record) => during('ticket', () => store.tickets.save(record)),
    },
    outbox: {
      ...store.outbox,
      claim: (request) => during('claim', () => store.outbox.claim(request)),
      settle: (id, owner, outcome) => during('settle', () => store.outbox.settle(id, owner, outcome)),
    },
  };
}

function* watched<T>(unit: Unit<T>, operation: Operation, reach: Reach): Generator<CompiledQuery, T, Result> {
  let step = unit.next();
  while (step.done !== true) {
    step = unit.next(yield step.value);
    if (operation === 'commit') reach('commit-half-written');
  }
  reach(`${operation}-written`);
  return step.value;
}
