import type { Desk } from '../knowledge/schema/ids.ts';
import type { FirstAnswer } from './answer.ts';
import type { ClosedRound, Conversation, RoundResult } from './conversation.ts';
import type { FactValue, Origin } from './fact.ts';
import type { Outcome, Progress } from './walk.ts';

/** A step that was answered, as a summary or a warning lists it. */
export interface Answered {
  readonly step: string;
  readonly question: string;
  readonly value: FactValue;
  readonly origin: Origin;
}

/** What a turn asks of the world. Each becomes one message in the conversation's place. */
export type Effect =
  /** The head message of the place. */
  | { readonly kind: 'open'; readonly flow: string; readonly code: string | null; readonly known: readonly Answered[] }
  | { readonly kind: 'ask'; readonly step: string; readonly questions: readonly string[]; readonly progress: Progress }
  /** The prompt of an earlier turn becomes its answer, with a button to change it. */
  | {
      readonly kind: 'settle';
      readonly turn: number;
      readonly step: string;
      readonly questions: readonly string[];
      readonly values: Readonly<Record<string, FactValue>> | null;
    }
  | {
      readonly kind: 'conclude';
      readonly flow: string;
      readonly outcome: Outcome;
      readonly triedBefore: boolean;
      readonly known: readonly Answered[];
    }
  | { readonly kind: 'confirm-change'; readonly step: string; readonly losing: readonly Answered[] }
  | {
      readonly kind: 'summarise';
      readonly known: readonly Answered[];
      readonly tried: readonly ClosedRound[];
      /** Null where no question stands. */
      readonly progress: Progress | null;
    }
  | { readonly kind: 'answer'; readonly answer: FirstAnswer }
  | {
      readonly kind: 'hand-over';
      readonly desk: Desk;
      readonly known: readonly Answered[];
      readonly flow: string;
      readonly code: string | null;
      readonly tried: readonly ClosedRound[];
    }
  | { readonly kind: 'say'; readonly phrase: Saying }
  | { readonly kind: 'acknowledge'; readonly read: readonly Answered[]; readonly secretsRemoved: number }
  | {
      readonly kind: 'contradict';
      readonly conflicts: readonly { readonly question: string; readonly said: FactValue; readonly read: FactValue }[];
    }
  | { readonly kind: 'close'; readonly result: RoundResult };

export type Saying =
  | 'nothing-to-go-back'
  | 'nothing-changed'
  | 'kept'
  | 'next-round'
  | 'restarted'
  | 'answer-unclear'
  | 'others-may-answer'
  | 'only-requester'
  | 'closed-fixed'
  | 'not-understood';

/** Why an event changes nothing. Told to the actor alone. */
export type Refusal = 'not-yours' | 'unknown-step' | 'not-open' | 'no-guests' | 'already-claimed';

export type Decision =
  | { readonly kind: 'turn'; readonly conversation: Conversation; readonly effects: readonly Effect[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
