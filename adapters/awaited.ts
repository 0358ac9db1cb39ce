import type { DeliveryResult } from '../src/ports/outbox.ts';

/** How often a delivery waits for what another lane brings; then it goes without. */
const tries = 4;

/** Puts a delivery off that needs what is not there yet, since another lane may still bring it; undefined when it has waited enough. */
export function awaited(attempts: number, what: 'place' | 'prompt'): DeliveryResult | undefined {
  return attempts < tries ? { kind: 'retryable', reason: `the ${what} is not there yet` } : undefined;
}
