import type { DeliveryResult } from '../src/ports/outbox.ts';

/** How often an answered prompt waits for the message it is to be seen in; then it stays as it is, and a press changes the answer. */
const tries = 4;

/** What becomes of the edit of a prompt that is not known: edits have a lane of their own, so the prompt may be on its way still. */
export function withoutPrompt(attempts: number): DeliveryResult {
  return attempts < tries ? { kind: 'retryable', reason: 'the prompt is not there yet' } : { kind: 'delivered' };
}
