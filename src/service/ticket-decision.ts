import type { TicketLink, TicketStore } from '../ports/ticket-store.ts';

/** What a person found out about a ticket of which we could not know whether it arrived. */
export type TicketDecision =
  | { readonly kind: 'arrived'; readonly ticket: TicketLink }
  | { readonly kind: 'send-again' };

/** Decides a held ticket. The delivery that stands for it has to be taken up again afterwards. */
export async function decideHeld(
  tickets: TicketStore,
  reference: string,
  desk: string,
  decision: TicketDecision,
): Promise<'decided' | 'not-held' | 'stale'> {
  const record = await tickets.load(reference, desk);
  if (record?.state !== 'held') return 'not-held';
  const next = { ...record, version: record.version + 1, reason: null };
  const saved = await tickets.save(
    decision.kind === 'arrived'
      ? { ...next, state: 'created', ticket: decision.ticket, complete: true }
      : { ...next, state: 'waiting', sends: 0, looks: 0, triedSince: null, firstSentAt: null, lastSentAt: null },
  );
  return saved === 'saved' ? 'decided' : 'stale';
}
