import type { Conversation } from '../conversation/conversation.ts';
import { Draft } from '../conversation/draft.ts';
import type { Effect, Refusal } from '../conversation/effect.ts';
import type { Event } from '../conversation/event.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { cardOf } from './card.ts';
import { caseNumber } from './case-number.ts';
import { endOfClaim, silentHours } from './claim-end.ts';
import type { AgentEffect, CallEffect, Lapsed } from './handoff-effect.ts';
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
type Unheard = Extract<AgentEffect, { kind: 'unheard' }>;

/**
 * Takes a conversation, hands it back, or writes into it. `next` is the conversation at its next turn. The first who takes it
 * has it; a lead may take it from them, and the requester may have the bot back. Whoever may answer may write.
 */
export function takeAgentPress(
  next: Conversation,
  { actor, at, ...event }: Extract<Event, { kind: 'chose' | 'filled' }>,
  choice: AgentChoice,
  { agentChannel, settings }: AgentBacking,
): AgentTurn {
  const { claim } = next;
  if (choice === 'note') {
    const text = event.kind === 'filled' ? event.values[noteField] : undefined;
    return text === undefined
      ? refused('unknown-step')
      : write(next, actor.id, text, actor.role === 'user' ? agentChannel : null);
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
  const taken = { by: actor.id, at, wordAt: null };
  return {
    kind: 'turn',
    conversation: { ...next, claim: taken },
    effects: [
      { kind: 'claimed', claim: taken },
      { kind: 'admit', person: actor.id },
      { kind: 'watch', claim: at, until: endOfClaim(settings, next.workspace, taken) },
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
  const call = callOf(conversation, handOver, backing);
  return [
    { kind: 'called', number: caseNumber(conversation.id) },
    { ...call, anew, asks: true },
  ];
}

/** The end of a claim moves with what is said; one word in this time is enough to know of. */
const wordsApartMs = 10 * 60_000;

/** Words the bot cannot read tell that the claim is alive. Undefined where there is none, or it is known. */
export function hearWord(before: Conversation, at: string): Extract<AgentTurn, { kind: 'turn' }> | undefined {
  const { claim, turn } = before;
  if (claim === null || Date.parse(at) - Date.parse(claim.wordAt ?? claim.at) < wordsApartMs) return undefined;
  const conversation = { ...before, turn: turn + 1, lastAt: at, claim: { ...claim, wordAt: at } };
  return { kind: 'turn', conversation, effects: [] };
}

/** Takes the conversation back from whoever was silent, and asks the help desk again; undefined where the claim has not come to its end. */
export function endClaim(
  knowledge: Knowledge,
  next: Conversation,
  event: Extract<Event, { kind: 'fell-silent' }>,
  backing: AgentBacking,
): Extract<AgentTurn, { kind: 'turn' }> | undefined {
  const { claim, workspace } = next;
  if (claim?.at !== event.claim || event.at < endOfClaim(backing.settings, workspace, claim)) return undefined;
  const conversation = { ...next, claim: null };
  const lapsed: Lapsed = { by: claim.by, hours: silentHours };
  const call = updateCall(knowledge, conversation, event, backing).flatMap((card) => askAgain(card, lapsed));
  return { kind: 'turn', conversation, effects: [{ kind: 'lapsed', ...lapsed }, ...call] };
}

/** An edit tells nobody: the card that was taken points to a new one. */
function askAgain(card: CallEffect, lapsed: Lapsed): readonly AgentEffect[] {
  return card.over !== null
    ? [card]
    : [
        { kind: 'called', number: card.number },
        { ...card, over: 'moved' },
        { ...card, lapsed, anew: true, asks: true },
      ];
}

/** Nobody of the help desk knows: the requester is told, with what is left to them. Undefined where that matters no more. */
export function tellUnheard(
  { claim, person, state, id }: Conversation,
  goesOn: Unheard['goesOn'],
): Unheard | undefined {
  if (person === null || claim !== null || state === 'closed') return undefined;
  return { kind: 'unheard', number: caseNumber(id), goesOn };
}

/** The card as it is now, for a conversation in which somebody was called. */
export function updateCall(
  knowledge: Knowledge,
  conversation: Conversation,
  event: Event,
  backing: AgentBacking,
): readonly CallEffect[] {
  if (backing.agentChannel === null) return [];
  const decision = new Draft(knowledge, conversation, event).handOver();
  const handOver =
    decision.kind === 'turn' ? decision.effects.find((effect) => effect.kind === 'hand-over') : undefined;
  return handOver === undefined ? [] : [callOf(conversation, handOver, backing)];
}

function callOf(conversation: Conversation, handOver: HandOver, { settings, agentChannel }: AgentBacking): CallEffect {
  const { claim, handoff, state, person, id } = conversation;
  const number = caseNumber(id);
  return {
    kind: 'call',
    channel: agentChannel ?? '',
    claim,
    lapsed: null,
    handOver,
    card: handoff === null ? null : cardOf(settings, handoff, number, 'in-place'),
    over: person === null ? 'withdrawn' : state === 'closed' ? 'solved' : null,
    number,
    anew: false,
    asks: false,
  };
}
