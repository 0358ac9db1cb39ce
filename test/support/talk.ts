import type { Conversation } from '../../src/conversation/conversation.ts';
import type { Effect, Refusal } from '../../src/conversation/effect.ts';
import type { Actor, ConversationEvent as Event } from '../../src/conversation/event.ts';
import { type FactValue, factsOf, type Origin } from '../../src/conversation/fact.ts';
import { takeTurn } from '../../src/conversation/turn.ts';
import { type Walk, walk } from '../../src/conversation/walk.ts';
import type { Message } from '../../src/message/message.ts';
import { present } from '../../src/message/present.ts';
import type { Locale } from '../../src/text/locale.ts';
import { shippedKnowledge } from './knowledge.ts';

/** A conversation in the making, and what its last event brought. */
export interface Talk {
  readonly conversation: Conversation;
  /** Empty when the last event was refused. */
  readonly effects: readonly Effect[];
  readonly refusal: Refusal | undefined;
  readonly events: readonly Event[];
}

export const requester: Actor = { id: 'requester', role: 'user' };
export const stranger: Actor = { id: 'stranger', role: 'user' };
export const agent: Actor = { id: 'agent', role: 'agent' };

type EventBody = Event extends infer Each ? (Each extends Event ? Omit<Each, 'actor' | 'at'> : never) : never;

export interface Start {
  readonly locale?: Locale;
  readonly origin?: Origin;
}

/** A conversation of the requester in a flow, with what is known from the start. */
export function conversationIn(
  flow: string,
  facts: Readonly<Record<string, FactValue>> = {},
  { locale = 'en', origin = 'said' }: Start = {},
): Talk {
  const opening = { flow, facts: Object.entries(facts).map(([question, value]) => ({ question, value, origin })) };
  return after([], undefined, {
    kind: 'started',
    conversation: 'bcdfghjkmnpqrs',
    workspace: 'terminal:local',
    venue: 'here',
    locale,
    opening,
    actor: requester,
    at: momentOf(0),
  });
}

/** The conversation after one more event by `actor`. */
export function happen(talk: Talk, body: EventBody, actor: Actor = requester): Talk {
  return after(talk.events, talk.conversation, { ...body, actor, at: momentOf(talk.events.length) } as Event);
}

/** Presses a choice of the question that stands asked. */
export function choose(talk: Talk, choice: string, actor?: Actor): Talk {
  return press(talk, promptOf(talk), choice, actor);
}

/** Presses a button by its step and choice, of the newest message or of the turn given. */
export function press(talk: Talk, step: string, choice: string, actor?: Actor, turn = talk.conversation.turn): Talk {
  return happen(talk, { kind: 'chose', turn, step, choice }, actor);
}

/** Fills the form that stands asked. */
export function fillIn(talk: Talk, values: Readonly<Record<string, string>>, actor?: Actor): Talk {
  return happen(talk, { kind: 'filled', turn: talk.conversation.turn, step: promptOf(talk), values }, actor);
}

export function write(talk: Talk, text: string, actor?: Actor): Talk {
  return happen(talk, { kind: 'wrote', text, secretsRemoved: 0 }, actor);
}

/** Plays events from nothing. */
export function replay(events: readonly Event[]): Conversation | undefined {
  let conversation: Conversation | undefined;
  for (const event of events) {
    const decision = takeTurn(shippedKnowledge(), conversation, event);
    if (decision.kind === 'turn') conversation = decision.conversation;
  }
  return conversation;
}

/** The step that stands asked; throws when none does. */
export function promptOf({ conversation: { prompt } }: Talk): string {
  if (prompt === null) throw new Error('no question stands asked');
  return prompt;
}

export function walkOf({ conversation, events }: Talk): Walk {
  return walk(shippedKnowledge(), conversation, momentOf(events.length));
}

/** Where the facts stand: a step's name or an outcome's id. */
export function positionOf(talk: Talk): string {
  const { position } = walkOf(talk);
  return position.kind === 'step' ? position.step : position.outcome.id;
}

/** What is known of a question now. */
export function factOf({ conversation }: Talk, question: string): FactValue | undefined {
  return factsOf(shippedKnowledge(), conversation.facts, conversation.round.since).get(question)?.value;
}

export function effectKinds({ effects }: Talk): readonly Effect['kind'][] {
  return effects.map(({ kind }) => kind);
}

/** The effect of a kind in the last turn; throws when there is none. */
export function effectOf<Kind extends Effect['kind']>({ effects }: Talk, kind: Kind): Extract<Effect, { kind: Kind }> {
  const found = effects.find((effect): effect is Extract<Effect, { kind: Kind }> => effect.kind === kind);
  if (found === undefined)
    throw new Error(`the turn brought ${effects.map((effect) => effect.kind).join(', ') || 'nothing'}, no ${kind}`);
  return found;
}

export function messagesOf({ conversation, effects }: Talk): readonly Message[] {
  return effects.map((effect) => present(shippedKnowledge(), conversation, effect));
}

/** One minute an event, from a fixed day. */
function momentOf(index: number): string {
  return new Date(Date.UTC(2026, 10, 22, 9, index)).toISOString();
}

function after(events: readonly Event[], conversation: Conversation | undefined, event: Event): Talk {
  const decision = takeTurn(shippedKnowledge(), conversation, event);
  const all = [...events, event];
  if (decision.kind === 'turn')
    return { conversation: decision.conversation, effects: decision.effects, refusal: undefined, events: all };
  if (conversation === undefined) throw new Error(`the conversation did not begin: ${decision.refusal}`);
  return { conversation, effects: [], refusal: decision.refusal, events: all };
}
