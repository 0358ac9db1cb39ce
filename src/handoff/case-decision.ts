import type { Conversation } from '../conversation/conversation.ts';
import type { Refusal } from '../conversation/effect.ts';
import type { Event } from '../conversation/event.ts';
import type { CaseEffect } from './handoff-effect.ts';
import type { HandoffSettings } from './settings.ts';

/** What a turn that concerns a person is decided on, beside the conversation. */
export interface Backing {
  readonly settings: HandoffSettings;
  /** Where the help desk is told; null where there is no such place. */
  readonly agentChannel: string | null;
  /** The log of the conversation, oldest first. */
  readonly events: readonly Event[];
}

export type CaseDecision =
  | { readonly kind: 'turn'; readonly conversation: Conversation; readonly effects: readonly CaseEffect[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Said in the place, and not to the bot. */
  | { readonly kind: 'ignored' }
  /** The turn concerns a person: decide it again with a `Backing`. */
  | { readonly kind: 'needs-backing' };

export type Turned = Extract<CaseDecision, { kind: 'turn' }>;
export const refused = (refusal: Refusal): CaseDecision => ({ kind: 'refused', refusal });
