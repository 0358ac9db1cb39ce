import type { HandoffState } from '../conversation/handoff-state.ts';
import type { Need } from './gate.ts';
import type { Preflight } from './preflight.ts';
import type { KnownDesk } from './settings.ts';
import type { Ticket } from './ticket.ts';

/** What a step of a handoff asks of the world. All but `open-ticket` are messages; the card is one message edited in place. */
export type HandoffEffect =
  /** The status card, as it is now. */
  | { readonly kind: 'card'; readonly handoff: HandoffState; readonly desk: KnownDesk | null; readonly number: string }
  | {
      readonly kind: 'fix-first';
      readonly preflight: Exclude<Preflight, { kind: 'clear' }>;
      readonly mayOverride: boolean;
    }
  | {
      readonly kind: 'ask-details';
      readonly needs: readonly Need[];
      readonly missing: readonly string[];
      readonly score: number;
      readonly number: string;
    }
  /** Exactly what will be sent, to whom, and what is agreed to by sending it. */
  | { readonly kind: 'show-ticket'; readonly ticket: Ticket; readonly desk: KnownDesk }
  /** No route fits: the ticket to copy, in the requester's language. */
  | { readonly kind: 'copy-ticket'; readonly ticket: Ticket }
  /** For the outbox: to `desk:<to>`, in a lane of its own. */
  | { readonly kind: 'open-ticket'; readonly to: string; readonly ticket: Ticket };
