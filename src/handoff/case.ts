import type { Conversation } from '../conversation/conversation.ts';
import { type Fact, type FactValue, factsOf } from '../conversation/fact.ts';
import type { Consent, Details } from '../conversation/handoff-state.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Desk } from '../knowledge/schema/ids.ts';
import { unsure } from '../knowledge/schema/ids.ts';

export type Speaker = 'requester' | 'helper' | 'agent' | 'bot';

/** What was said in the conversation, as it passed through the bot. `text` is redacted. */
export interface TranscriptLine {
  readonly at: string;
  readonly speaker: Speaker;
  readonly text: string;
}

/** A pasted output, redacted. */
export interface PastedOutput {
  readonly at: string;
  readonly text: string;
}

/** Who writes to the desk: the customer itself, or a service provider for its customer. */
export interface Sender {
  readonly kind: 'customer' | 'msp';
  readonly name: string;
  /** IANA name, such as `Asia/Tokyo`: the zone of every time in a ticket. */
  readonly timeZone: string;
}

/** Everything a case file and a ticket are made of. */
export interface Case {
  readonly conversation: Conversation;
  readonly desk: Desk;
  readonly generation: number;
  readonly details: Details;
  readonly sender: Sender;
  readonly consent: Consent | null;
  readonly outputs: readonly PastedOutput[];
  readonly transcript: readonly TranscriptLine[];
  /** Whether it stays here, as the person wants it. */
  readonly withoutTranscript: boolean;
  readonly at: string;
}

export type KnownFact = Fact & { readonly value: FactValue };

/** The facts of the case that count now, by question. */
export function factsOfCase(
  knowledge: Knowledge,
  { conversation }: Pick<Case, 'conversation'>,
): ReadonlyMap<string, KnownFact> {
  return factsOf(knowledge, conversation.facts, conversation.round.since);
}

/** A fact's value, or undefined where it is missing or the person does not know. */
export function certain(facts: ReadonlyMap<string, KnownFact>, question: string): FactValue | undefined {
  const value = facts.get(question)?.value;
  return value === unsure ? undefined : value;
}
