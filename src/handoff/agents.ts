import type { Conversation } from '../conversation/conversation.ts';
import { Draft } from '../conversation/draft.ts';
import type { Effect, Refusal } from '../conversation/effect.ts';
import type { Event } from '../conversation/event.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { cardOf } from './card.ts';
import { caseNumber } from './case-number.ts';
import type { AgentEffect } from './handoff-effect.ts';
import type { HandoffSettings } from './settings.ts';
import { noteField } from './steps.ts';

/** What the help desk's people do with a conversation. */
export const agentChoices = ['claim', 'release', 'note'] as const;
export type AgentChoice = (typeof agentChoices)[number];

export function isAgentChoice(choice: string): choice is AgentChoice {
  return agentChoices.some((each) => each === choice);
}

type AgentTurn =
  | { readonly kind: 'turn'; readonly conversation: Conversation; readonly effects: readonly AgentEffect[] }
  | { readonly kind: 'refused'; readonly refusal: Refusal };
/** Where the help desk's people are told, and the desks by name. */
export interface AgentBacking {
  readonly settings: HandoffSettings;
  readonly agentChannel: string | null;
}
type HandOver = Extract<Effect, { kind: 'hand-over' }>;

/**
 * Takes a conversation, hands it back, or writes into it. `next` is the conversation at its next turn. The first who takes it
 * has it; a lead may take it from them, and the requester may have the bot back. Whoever may answer may write.
 */
export function takeAgentPress(
  next: Conversation,
  { actor, at, ...event }: Extract<Event, { kind: 'chose' | 'filled' }>,
  choice: AgentChoice,
  channel: string | null,
): AgentTurn {
  const { claim } = next;
  if (choice === 'note') {
    const text = event.kind === 'filled' ? event.values[noteField] : undefined;
    return text === undefined
      ? refused('unknown-step')
      : write(next, actor.id, text, actor.role === 'user' ? channel : null);
  }
  const isRequester = actor.id === next.requester;
  if (actor.role === 'user' && !(isRequester && choice === 'release')) return refused('not-yours');
  const isTheirs = claim === null || claim.by === actor.id || actor.role === 'lead';
  if (choice === 'claim' && !isTheirs) return refused('already-claimed');
  if (choice === 'release') {
    if (!isTheirs && !isRequester) return refused('already-claimed');
    return {
      kind: 'turn',
      conversation: { ...next, claim: null },
      effects: claim === null ? [] : [{ kind: 'released', by: actor.id, at }],
    };
  }
  const taken = { by: actor.id, at };
  return {
    kind: 'turn',
    conversation: { ...next, claim: taken },
    effects: [
      { kind: 'claimed', claim: taken },
      { kind: 'admit', person: actor.id },
    ],
  };
}

function write(conversation: Conversation, by: string, text: string, channel: string | null): AgentTurn {
  return {
    kind: 'turn',
    conversation,
    effects: [{ kind: 'note', by, text }, ...asideOf(conversation, by, text, channel)],
  };
}

/** What the help desk is told in its channel of what was written; nothing where there is none. */
export function asideOf(
  { id }: Conversation,
  by: string,
  text: string,
  channel: string | null,
): readonly AgentEffect[] {
  return channel === null ? [] : [{ kind: 'aside', channel, number: caseNumber(id), by, text }];
}

function refused(refusal: Refusal): AgentTurn {
  return { kind: 'refused', refusal };
}

/** The card of the help desk's people, and the word to the requester that they know. */
export function callAgents(
  before: Conversation | undefined,
  conversation: Conversation,
  handOver: HandOver,
  backing: AgentBacking,
): readonly AgentEffect[] {
  if (backing.agentChannel === null) return [];
  const last = before?.person ?? null;
  const anew = last === null || conversation.closedRounds.some(({ closedAt }) => closedAt > last.at);
  return [{ kind: 'called', number: caseNumber(conversation.id) }, callOf(conversation, handOver, backing, anew)];
}

/** The card as it is now, for a conversation in which somebody was called. */
export function updateCall(
  knowledge: Knowledge,
  conversation: Conversation,
  event: Event,
  backing: AgentBacking,
): readonly AgentEffect[] {
  if (backing.agentChannel === null) return [];
  const decision = new Draft(knowledge, conversation, event).handOver();
  const handOver =
    decision.kind === 'turn' ? decision.effects.find((effect) => effect.kind === 'hand-over') : undefined;
  return handOver === undefined ? [] : [callOf(conversation, handOver, backing, false)];
}

function callOf(
  conversation: Conversation,
  handOver: HandOver,
  { settings, agentChannel }: AgentBacking,
  anew: boolean,
): AgentEffect {
  const { claim, handoff, state, person, id } = conversation;
  const number = caseNumber(id);
  return {
    kind: 'call',
    channel: agentChannel ?? '',
    claim,
    handOver,
    card: handoff === null ? null : cardOf(settings, handoff, number, 'in-place'),
    over: person === null ? 'withdrawn' : state === 'closed' ? 'solved' : null,
    number,
    anew,
  };
}
