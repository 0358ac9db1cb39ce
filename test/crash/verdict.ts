import type { Store } from '../../adapters/sql/store.ts';
import type { JournalLine } from './orders.ts';
import type { Recorded } from './recording-peer.ts';

/** What the rounds showed. Each of the first six has to be empty; the counts tell how much was tried. */
export interface Verdict {
  readonly lostTurns: readonly string[];
  readonly repeatedEvents: readonly string[];
  readonly skippedDeliveries: readonly string[];
  readonly outOfOrder: readonly string[];
  readonly inventedDeliveries: readonly string[];
  readonly unexcusedRepeats: readonly string[];
  readonly counts: {
    readonly acknowledged: number;
    readonly turns: number;
    readonly arrivals: number;
    readonly excusedRepeats: number;
  };
}

/** Compares what was acknowledged and what arrived with what the database holds. */
export async function judge(
  { database }: Store,
  journal: readonly JournalLine[],
  arrivals: readonly Recorded[],
): Promise<Verdict> {
  const events = journal.filter((line) => 'receipt' in line);
  const conversations = new Set(events.map(({ conversation }) => conversation));
  const turns = (
    await database.read(database.sql.selectFrom('turn_log').select(['conversation', 'turn', 'actor']))
  ).filter(({ conversation }) => conversations.has(conversation));
  const handled = turns.map(({ actor }) => actor);
  const known = new Set(handled);
  const acknowledged = new Set(events.filter(({ word }) => word === 'acknowledged').map(({ receipt }) => receipt));
  const due = new Set(
    turns.flatMap(({ conversation, turn }) => ['a', 'b'].map((part) => `${conversation}.${turn}.${part}`)),
  );
  const arrived = new Set(arrivals.map(({ id }) => id));
  const repeats = repeatsOf(arrivals);
  return {
    lostTurns: [...acknowledged].filter((receipt) => !known.has(receipt)),
    repeatedEvents: handled.filter((receipt, index) => handled.indexOf(receipt) !== index),
    skippedDeliveries: [...due].filter((id) => !arrived.has(id)),
    outOfOrder: outOfOrder(arrivals),
    inventedDeliveries: [...arrived].filter((id) => !due.has(id)),
    unexcusedRepeats: repeats.filter(({ excused }) => !excused).map(({ id }) => id),
    counts: {
      acknowledged: acknowledged.size,
      turns: turns.length,
      arrivals: arrivals.length,
      excusedRepeats: repeats.filter(({ excused }) => excused).length,
    },
  };
}

/** A repeat is excused when its sender died or was left without an answer since, and when it says that it may be one. */
function repeatsOf(arrivals: readonly Recorded[]): readonly { readonly id: string; readonly excused: boolean }[] {
  const last = new Map<string, Recorded>();
  return arrivals.flatMap((arrival) => {
    const before = last.get(arrival.id);
    last.set(arrival.id, arrival);
    if (before === undefined) return [];
    return [{ id: arrival.id, excused: arrival.ambiguous && (before.round < arrival.round || !before.answered) }];
  });
}

/** Deliveries that arrived after a later one of their lane. */
function outOfOrder(arrivals: readonly Recorded[]): readonly string[] {
  const last = new Map<string, string>();
  return arrivals.flatMap(({ id, lane, turn }) => {
    const rank = `${String(turn).padStart(9, '0')}${id.at(-1)}`;
    const before = last.get(lane) ?? '';
    if (rank < before) return [id];
    last.set(lane, rank);
    return [];
  });
}
