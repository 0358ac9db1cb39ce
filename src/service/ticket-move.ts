import type { Repeating } from '../ports/ticket-desk.ts';
import type { TicketRecord } from '../ports/ticket-store.ts';

/** What to do next about one ticket, or one comment, so that there is one in the end. */
export type TicketMove =
  | { readonly kind: 'send' }
  /** Look whether an earlier send made it. */
  | { readonly kind: 'look' }
  | { readonly kind: 'wait'; readonly ms: number }
  /** Nothing but a person can know whether it arrived. */
  | { readonly kind: 'hold'; readonly reason: string }
  | { readonly kind: 'attach' }
  | { readonly kind: 'done' };

/** When a search that lags is asked again, after the first look. Source: our ticket desk research, 3.3. */
const laterLooksMs = [0, 60_000, 3 * 60_000, 10 * 60_000] as const;
const mostSends = 2;

/** Pure: from what is known of it and what the desk can do. */
export function nextMove(record: TicketRecord, abilities: Repeating, now: Date): TicketMove {
  switch (record.state) {
    case 'created':
      return record.complete ? { kind: 'done' } : { kind: 'attach' };
    case 'held':
      return { kind: 'hold', reason: record.reason ?? 'held' };
    // A dead delivery comes again only when an operator has taken it up again.
    case 'dead':
    case 'waiting':
      return { kind: 'send' };
    case 'sent':
      return afterSending(record, abilities, now);
    default:
      return record.state satisfies never;
  }
}

function afterSending(
  { firstSentAt, lastSentAt, looks, sends }: TicketRecord,
  abilities: Repeating,
  now: Date,
): TicketMove {
  const since = (at: string | null) => now.getTime() - Date.parse(at ?? '');
  if (since(firstSentAt) < abilities.repeatSafeMs) return { kind: 'send' };
  if (abilities.find === 'none') return { kind: 'hold', reason: 'the desk cannot be asked whether it arrived' };
  const settledMs = Math.max(abilities.settleMs, abilities.findLagMs);
  const eventual = abilities.find === 'eventual';
  const nextLookMs = eventual ? laterLooksMs[looks] : looks === 0 ? 0 : undefined;
  if (nextLookMs === undefined) {
    return eventual && sends >= mostSends ? { kind: 'hold', reason: 'sent twice and never found' } : { kind: 'send' };
  }
  const ms = settledMs + nextLookMs - since(lastSentAt);
  return ms > 0 ? { kind: 'wait', ms } : { kind: 'look' };
}
