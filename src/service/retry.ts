import type { ClaimedDelivery, DeliveryResult, SettledDelivery } from '../ports/outbox.ts';

/** The first wait is up to this, each further one up to twice the last. Source: the backoff of our ticket desk research. */
const baseMs = 1_000;
const longestWaitMs = 5 * 60_000;
/** No `Retry-After` holds a delivery longer than this. */
const longestThrottleMs = 60 * 60_000;

/**
 * How long to wait after a number of failed tries: anything up to a limit that doubles, so that deliveries that failed
 * together do not come back together. `random` is in [0, 1).
 */
export function backoffMs(attempts: number, random: number): number {
  return Math.floor(random * Math.min(longestWaitMs, baseMs * 2 ** Math.min(attempts, 30)));
}

/** What becomes of a delivery after one try. It is given up when it has failed for longer than `giveUpAfterMs`. */
export function outcomeOf(
  delivery: ClaimedDelivery,
  result: DeliveryResult,
  now: Date,
  random: number,
  giveUpAfterMs: number,
): SettledDelivery {
  const after = (ms: number) => new Date(now.getTime() + ms).toISOString();
  switch (result.kind) {
    case 'delivered':
      return { kind: 'done', at: now.toISOString() };
    case 'rejected':
      return { kind: 'dead', at: now.toISOString(), reason: result.reason };
    case 'throttled':
      return {
        kind: 'again',
        retryAt: after(Math.min(longestThrottleMs, result.retryAfterMs)),
        reason: 'throttled',
        ambiguous: false,
        countsAsTry: false,
      };
    case 'later':
      return { kind: 'again', retryAt: result.at, reason: 'not yet', ambiguous: false, countsAsTry: false };
    case 'retryable':
    case 'ambiguous': {
      const triedMs = now.getTime() - Date.parse(delivery.triedSince ?? now.toISOString());
      if (triedMs >= giveUpAfterMs)
        return { kind: 'dead', at: now.toISOString(), reason: `given up: ${result.reason}` };
      const retryAt = after(backoffMs(delivery.attempts, random));
      return {
        kind: 'again',
        retryAt,
        reason: result.reason,
        ambiguous: result.kind === 'ambiguous',
        countsAsTry: true,
      };
    }
    default:
      return result satisfies never;
  }
}
