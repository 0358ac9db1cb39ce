import type { Effect } from '../conversation/effect.ts';
import type { AnswerFate, Claim, HandoffState } from '../conversation/handoff-state.ts';
import type { Desk } from '../knowledge/schema/ids.ts';
import type { Comment } from './comment.ts';
import type { Need } from './gate.ts';
import type { Preflight } from './preflight.ts';
import type { KnownDesk } from './settings.ts';
import type { Ticket, TicketFile } from './ticket.ts';

/**
 * Where the ticket stands. `in-place`: the one message that says it is edited. `anew`: it is posted again, since somebody asks
 * for it, and edited there from then on. `news`: said once, as a message.
 */
export interface CardEffect {
  readonly kind: 'card';
  readonly handoff: HandoffState;
  readonly desk: KnownDesk | null;
  readonly number: string;
  readonly how: 'in-place' | 'anew' | 'news';
}

/** What a step of a handoff asks of the world: messages in the conversation's place, but for `open-ticket` and `answer-desk`. */
export type HandoffEffect =
  | CardEffect
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
  /** Which of the fields shall be said anew. */
  | { readonly kind: 'choose-field'; readonly handoff: HandoffState }
  /** One field, with what was said of it. */
  | { readonly kind: 'ask-field'; readonly field: string; readonly handoff: HandoffState }
  /** Exactly what will be sent. */
  | { readonly kind: 'show-ticket'; readonly ticket: Ticket }
  /** To whom it goes, and what is agreed to by sending it. */
  | { readonly kind: 'ask-consent'; readonly desk: KnownDesk }
  /** The ticket to copy, in the requester's language: no route fits, or it could not be delivered. */
  | {
      readonly kind: 'copy-ticket';
      readonly ticket: Ticket;
      readonly desk: Desk;
      readonly why: 'no-route' | 'refused';
    }
  /** A file that would go along, whole. */
  | { readonly kind: 'show-file'; readonly file: TicketFile }
  /** A prompt of a handoff that was pressed becomes what was chosen. */
  | { readonly kind: 'settle-prompt'; readonly turn: number; readonly choice: string }
  /** For the outbox: to `desk:<to>`, in a lane of its own. */
  | { readonly kind: 'open-ticket'; readonly to: string; readonly ticket: Ticket }
  /** What somebody answers the desk, shown back as it goes. */
  | { readonly kind: 'answered'; readonly by: string; readonly text: string; readonly desk: KnownDesk }
  /** What became of an answer. `text`: what is to be copied where it was not delivered. */
  | {
      readonly kind: 'answer-fate';
      readonly fate: AnswerFate;
      readonly answeredAt: string;
      readonly desk: KnownDesk | null;
      readonly link: HandoffState['ticket'];
      readonly number: string;
      readonly text: string | null;
    }
  /** For the outbox: into the ticket at `desk:<to>`, in the lane of the ticket and so behind it. */
  | { readonly kind: 'answer-desk'; readonly to: string; readonly comment: Comment };

/** What concerns the help desk's own people. */
export type AgentEffect =
  /** The requester is told that they know. */
  | { readonly kind: 'called'; readonly number: string }
  /** Their card in their own channel, edited in place. */
  | {
      readonly kind: 'call';
      readonly channel: string;
      readonly claim: Claim | null;
      readonly handOver: Extract<Effect, { kind: 'hand-over' }>;
      readonly card: CardEffect | null;
      /** Why nobody has to do anything any more. */
      readonly over: 'solved' | 'withdrawn' | null;
      readonly number: string;
      /** A new card, since the one before was about something that is over. */
      readonly anew: boolean;
    }
  | { readonly kind: 'claimed'; readonly claim: Claim }
  | { readonly kind: 'released'; readonly by: string; readonly at: string }
  /** Whoever took it is let into the place. */
  | { readonly kind: 'admit'; readonly person: string }
  /** What somebody wrote into a form, for everybody in the place. */
  | { readonly kind: 'note'; readonly by: string; readonly text: string }
  /** What the help desk cannot see where it stands, for their channel. */
  | {
      readonly kind: 'aside';
      readonly channel: string;
      readonly number: string;
      readonly by: string;
      readonly text: string;
    };

/** Everything a turn can ask of the world. */
export type CaseEffect = Effect | HandoffEffect | AgentEffect;
