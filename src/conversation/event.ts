import type { Locale } from '../text/locale.ts';
import type { FactValue, Origin } from './fact.ts';
import type { AnswerNews, TicketNews } from './handoff-state.ts';

/** Who did it, as the platform vouches. `role` comes from the workspace's settings. */
export interface Actor {
  readonly id: string;
  readonly role: 'user' | 'agent' | 'lead';
  /** Somebody who sees no contract data: a guest, or a person of another organisation. */
  readonly guest?: true;
}

/** What a card offered and somebody took up: a code or a flow, and what had been understood. */
export interface Opening {
  readonly flow: string;
  readonly facts: readonly { readonly question: string; readonly value: FactValue; readonly origin: Origin }[];
  /** Whether a person was asked for rather than the diagnosis. */
  readonly person?: boolean;
}

interface Base {
  readonly actor: Actor;
  /** ISO 8601, in UTC. */
  readonly at: string;
}

/** What may happen to a conversation. `text` is already redacted. */
export type Event = Base &
  (
    | {
        readonly kind: 'started';
        readonly conversation: string;
        readonly workspace: string;
        readonly venue: string;
        readonly locale: Locale;
        readonly opening: Opening;
      }
    | { readonly kind: 'chose'; readonly turn: number; readonly step: string; readonly choice: string }
    | {
        readonly kind: 'filled';
        readonly turn: number;
        readonly step: string;
        readonly values: Readonly<Record<string, string>>;
      }
    | { readonly kind: 'wrote'; readonly text: string; readonly secretsRemoved: number }
    | { readonly kind: 'resumed' }
    /** What a desk did with the ticket of that generation, or what became of an answer in it. */
    | { readonly kind: 'heard'; readonly generation: number; readonly news: TicketNews | AnswerNews }
  );

/** What a person can do. */
export type ConversationEvent = Exclude<Event, { readonly kind: 'heard' }>;
