import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createStore } from '../../adapters/sql/store.ts';
import { silentLog } from '../sql/silent-log.ts';
import { startVendors, type Vendors } from './desks.ts';
import { failpoints } from './failpoints.ts';
import { JournalLine, type Orders } from './orders.ts';
import { type RecordingPeer, startRecordingPeer } from './recording-peer.ts';
import { judgeTickets, type TicketVerdict } from './ticket-verdict.ts';
import { judge, type Verdict } from './verdict.ts';

export interface Rounds {
  readonly url: string;
  /** A folder for the journals. */
  readonly folder: string;
  readonly rounds: number;
  /** How many processes share the database; all are killed in every round. */
  readonly processes: number;
}

/** Longer than a lease, so that what a killed process held is free in the next round. */
const roundAheadMs = 40_000;
const longestRoundMs = 1_500;
const drainWithinMs = 120_000;
/** The waits of a desk are minutes. */
const drainSpeed = 20;

/** Runs processes under load and kills them, round after round; then lets one finish, and judges what is there. */
export async function runRounds(
  options: Rounds,
): Promise<Verdict & TicketVerdict & { readonly killedAt: Readonly<Record<string, number>> }> {
  const peer = await startRecordingPeer(Math.random);
  const vendors = await startVendors(Math.random);
  const killedAt: Record<string, number> = {};
  try {
    for (let round = 1; round <= options.rounds; round += 1) {
      const common = ordersOf(options, round, peer, vendors);
      const kills = Array.from({ length: options.processes }, (_, index) =>
        runAndKill({
          ...common,
          dieAt: chooseDeath(round, index),
          unacknowledged: index === 0 ? common.unacknowledged : [],
          unsent: index === 0 ? common.unsent : [],
        }),
      );
      for (const place of await Promise.all(kills)) killedAt[place] = (killedAt[place] ?? 0) + 1;
    }
    await drain({ ...ordersOf(options, options.rounds + 1, peer, vendors), mode: 'drain', speed: drainSpeed });
    const store = await createStore(options.url, silentLog);
    try {
      const journal = readJournal(options.folder);
      return {
        ...(await judge(store, journal, peer.arrivals)),
        ...(await judgeTickets(store, journal, vendors.tickets(), peer.cards)),
        killedAt,
      };
    } finally {
      await store.close();
    }
  } finally {
    await vendors.close();
    await peer.close();
  }
}

function ordersOf({ url, folder }: Rounds, round: number, peer: RecordingPeer, vendors: Vendors): Orders {
  const sent = new Map<string, string>();
  const wanted = new Set<string>();
  for (const line of readJournal(folder)) {
    if (line.word === 'sent') sent.set(line.receipt, line.conversation);
    if (line.word === 'acknowledged') sent.delete(line.receipt);
    if (line.word === 'wanted') wanted.add(line.conversation);
    if (line.word === 'on-its-way') wanted.delete(line.conversation);
  }
  return {
    url,
    peer: peer.url,
    vendors: vendors.orders,
    journal: journalIn(folder),
    round,
    aheadMs: round * roundAheadMs,
    speed: 1,
    unacknowledged: [...sent].map(([receipt, conversation]) => ({ receipt, conversation })),
    unsent: [...wanted],
    mode: 'load',
    dieAt: null,
  };
}

/** Every other round dies at a point, each in its turn; the others at any moment, the start included. */
function chooseDeath(round: number, index: number): Orders['dieAt'] {
  const point = failpoints[(Math.floor(round / 2) + index) % failpoints.length];
  return round % 2 === 0 || point === undefined ? null : { point, count: 1 + Math.floor(Math.random() * 8) };
}

async function runAndKill(orders: Orders): Promise<string> {
  const child = start(orders);
  const patience = new AbortController();
  const limit = orders.dieAt === null ? Math.random() * longestRoundMs : longestRoundMs;
  // Every fourth round may end while the process still starts.
  if (orders.round % 4 !== 0) await Promise.race([child.ready, child.ended]);
  const died = await Promise.race([child.ended.then(() => true), wait(limit, false, { signal: patience.signal })]);
  patience.abort();
  if (!died) child.kill();
  const { code, complaint } = await child.ended;
  if (code !== null) throw new Error(`a child ended by itself with ${code} in round ${orders.round}: ${complaint}`);
  return died ? (orders.dieAt?.point ?? 'any moment') : 'any moment';
}

async function drain(orders: Orders): Promise<void> {
  const child = start(orders);
  const patience = setTimeout(child.kill, drainWithinMs);
  const { code, complaint } = await child.ended;
  clearTimeout(patience);
  if (code !== 0) throw new Error(`the outbox was not empty within ${drainWithinMs} ms: ${complaint}`);
}

interface Child {
  /** Resolves when it is under load. */
  readonly ready: Promise<unknown>;
  readonly kill: () => void;
  /** The exit code, null after a kill, and what it wrote to standard error. */
  readonly ended: Promise<{ readonly code: number | null; readonly complaint: string }>;
}

function start(orders: Orders): Child {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'child.ts')], {
    env: { ...process.env, CRASH_ORDERS: JSON.stringify(orders) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += String(chunk);
  });
  const ended = once(child, 'close').then(([code]) => ({ code, complaint }));
  return { ready: once(child.stdout, 'data'), kill: () => child.kill('SIGKILL'), ended };
}

const journalIn = (folder: string) => join(folder, 'journal.jsonl');

/** Every whole line: the last one of a killed process may be cut. */
function readJournal(folder: string): readonly JournalLine[] {
  if (!existsSync(journalIn(folder))) return [];
  return readFileSync(journalIn(folder), 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JournalLine.parse(JSON.parse(line)));
}
