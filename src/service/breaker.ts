import type { DeskFailure } from '../ports/ticket-desk.ts';

/** Whether a desk is called at all: after failures in a row it rests, longer each time, and one call tries it again. */
export interface Breaker {
  readonly failures: number;
  /** Nothing is sent before this instant (milliseconds since 1970). */
  readonly restUntil: number;
}

export const closedBreaker: Breaker = { failures: 0, restUntil: 0 };

// Source: our ticket desk research, 3.2.
const patience = 5;
const firstRestMs = 30_000;
const longestRestMs = 5 * 60_000;

/** How long the desk rests still; 0 when it may be called. */
export function restMs({ restUntil }: Breaker, now: number): number {
  return Math.max(0, restUntil - now);
}

/** The breaker after a call. A refusal of one ticket says nothing against the desk. */
export function afterCall(breaker: Breaker, result: DeskFailure | { readonly kind: 'well' }, now: number): Breaker {
  switch (result.kind) {
    case 'well':
    case 'rejected':
      return closedBreaker;
    case 'throttled':
      return { ...breaker, restUntil: Math.max(breaker.restUntil, now + result.retryAfterMs) };
    case 'closed':
      return { failures: Math.max(patience, breaker.failures + 1), restUntil: now + longestRestMs };
    case 'retryable':
    case 'ambiguous': {
      const failures = breaker.failures + 1;
      const rest =
        failures < patience ? 0 : Math.min(longestRestMs, firstRestMs * 2 ** Math.min(10, failures - patience));
      return { failures, restUntil: rest === 0 ? breaker.restUntil : now + rest };
    }
    default:
      return result satisfies never;
  }
}
