import type { DeskFailure, Repeating, TicketDesk } from '../ports/ticket-desk.ts';

const gone: DeskFailure = { kind: 'rejected', reason: 'the desk is no longer in DESK_CONFIG' };

const unknowable: Repeating = { repeatSafeMs: 0, find: 'none', findLagMs: 0, settleMs: 0 };

/**
 * Stands for a desk that was taken out of the configuration while tickets or answers waited for it. What was never sent is refused, so that
 * whoever waits has the case to copy; what may have arrived is held for a person.
 */
export const removedDesk: TicketDesk = {
  abilities: {
    ...unknowable,
    comments: unknowable,
    perMinute: 600,
    limits: { subject: 0, body: Number.POSITIVE_INFINITY, filesBytes: Number.POSITIVE_INFINITY },
  },
  create: async () => gone,
  find: async () => gone,
  comment: async () => gone,
  hasComment: async () => gone,
  probe: async () => gone,
};
