import type { Conversation } from '../conversation/conversation.ts';
import type { Actor } from '../conversation/event.ts';
import type { HandoffState, TicketNews } from '../conversation/handoff-state.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Desk } from '../knowledge/schema/ids.ts';
import { cardOf } from './card.ts';
import type { Case, PastedOutput, TranscriptLine } from './case.ts';
import { caseNumber } from './case-number.ts';
import { readDetails } from './details.ts';
import { nextForm, readGate } from './gate.ts';
import type { CardEffect, HandoffEffect } from './handoff-effect.ts';
import { preflight } from './preflight.ts';
import { renderTicket } from './render-ticket.ts';
import { routedCase } from './routed-case.ts';
import { routeTo } from './routes.ts';
import type { HandoffSettings, KnownDesk } from './settings.ts';
import { say } from './ticket-values.ts';

/** What a step of a handoff is decided on. Everything in it is redacted. */
export interface HandoffContext {
  readonly knowledge: Knowledge;
  readonly settings: HandoffSettings;
  readonly conversation: Conversation;
  readonly outputs: readonly PastedOutput[];
  readonly transcript: readonly TranscriptLine[];
  readonly actor: Actor;
  readonly at: string;
}

export type HandoffInput =
  | { readonly kind: 'asked'; readonly desk: Desk }
  | { readonly kind: 'filled'; readonly values: Readonly<Record<string, string>> }
  /** A question of the flows that the ticket needed has been answered, or a fix was tried. */
  | { readonly kind: 'continued' }
  | { readonly kind: 'overridden' }
  | { readonly kind: 'agreed' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'heard'; readonly generation: number; readonly news: TicketNews };

export type HandoffTurn =
  | { readonly kind: 'turn'; readonly handoff: HandoffState; readonly effects: readonly HandoffEffect[] }
  | { readonly kind: 'refused'; readonly refusal: 'not-yours' | 'old-press' };

const oldPress: HandoffTurn = { kind: 'refused', refusal: 'old-press' };

/** Decides one step of a handoff: fix first, ask what is missing, show, send once agreed, tell what came of it. Pure. */
export function takeHandoffTurn(
  context: HandoffContext,
  before: HandoffState | null,
  input: HandoffInput,
): HandoffTurn {
  if (input.kind === 'asked') return ask(context, before, input.desk);
  if (before === null) return oldPress;
  if (input.kind === 'heard') return hear(context, before, input);
  if (isUnderWay(context, before)) return showing(context, before);
  const unsent = nextAfter(before);
  switch (input.kind) {
    case 'filled':
      return fillIn(context, unsent, input.values);
    case 'continued':
      return proceed(context, unsent);
    case 'overridden':
      return context.actor.role === 'lead'
        ? proceed(context, { ...unsent, overriddenBy: context.actor.id })
        : { kind: 'refused', refusal: 'not-yours' };
    case 'agreed':
      return send(context, before);
    case 'cancelled':
      return showing(context, before.consent === null ? { ...before, stage: 'cancelled' } : before);
    default:
      return input satisfies never;
  }
}

/** A ticket exists or may: nothing a person presses makes a second one. After the round it was about, there may be another. */
export function isUnderWay(
  { conversation }: Pick<HandoffContext, 'conversation'>,
  { stage, at }: HandoffState,
): boolean {
  if (stage === 'created') return !conversation.closedRounds.some(({ closedAt }) => closedAt > at);
  return stage === 'queued' || stage === 'delayed' || stage === 'held';
}

/** What was sent keeps its generation, whatever came of it; what is said from then on is the next. */
function nextAfter(before: HandoffState): HandoffState {
  if (before.consent === null) return before;
  const { generation } = before;
  return { ...before, generation: generation + 1, to: null, overriddenBy: null, consent: null, ticket: null, tries: 0 };
}

function ask(context: HandoffContext, before: HandoffState | null, desk: Desk): HandoffTurn {
  if (before !== null && isUnderWay(context, before)) return showing(context, before);
  const { settings, at } = context;
  const configured = Object.entries(settings.defaults).map(([field, value]) => [
    field,
    { value, why: null, origin: 'configured' as const, by: 'configuration', at },
  ]);
  const fresh: HandoffState = {
    generation: before === null ? 1 : nextAfter(before).generation,
    desk,
    to: null,
    stage: 'gathering',
    details: { ...Object.fromEntries(configured), ...before?.details },
    overriddenBy: null,
    consent: null,
    ticket: null,
    tries: 0,
    at,
  };
  return proceed(context, fresh);
}

/** As far as it goes without a person: to the fix, the next form, or the preview. */
function proceed(context: HandoffContext, handoff: HandoffState): HandoffTurn {
  const { knowledge, settings, actor } = context;
  const item = caseOf(context, handoff);
  const look = preflight(knowledge, item);
  if (look.kind !== 'clear' && handoff.overriddenBy === null) {
    const effects = [{ kind: 'fix-first', preflight: look, mayOverride: actor.role === 'lead' }] as const;
    return { kind: 'turn', handoff: { ...handoff, stage: 'fix-first' }, effects };
  }
  const gate = readGate(knowledge, item);
  if (gate.missing.length > 0 && handoff.overriddenBy === null) {
    const missing = gate.missing.map((need) => (need.kind === 'field' ? need.field.id : need.question));
    const asks = {
      kind: 'ask-details',
      needs: nextForm(gate),
      missing,
      score: gate.score,
      number: caseNumber(context.conversation.id),
    } as const;
    return { kind: 'turn', handoff: { ...handoff, stage: 'gathering' }, effects: [asks] };
  }
  const { to } = routeTo(settings.routes, settings.hours, routedCase(knowledge, item));
  const desk = to === null ? undefined : settings.desks[to];
  if (desk === undefined) {
    return { kind: 'turn', handoff: { ...handoff, to: null, stage: 'copied' }, effects: [copyOf(context, item)] };
  }
  const ticket = renderTicket(knowledge, { ...item, consent: consentTo(context, desk) }, desk.language);
  return {
    kind: 'turn',
    handoff: { ...handoff, to, stage: 'preview', at: context.at },
    effects: [
      { kind: 'show-ticket', ticket },
      { kind: 'ask-consent', desk },
    ],
  };
}

function copyOf({ knowledge, conversation }: HandoffContext, item: Case): HandoffEffect {
  return { kind: 'copy-ticket', ticket: renderTicket(knowledge, item, conversation.locale), desk: item.desk };
}

function fillIn(context: HandoffContext, before: HandoffState, values: Readonly<Record<string, string>>): HandoffTurn {
  const { knowledge, actor, at } = context;
  const fields = knowledge.tickets.fields.filter(({ id }) => values[id] !== undefined);
  const read = readDetails(knowledge, fields, values);
  if (read.kind === 'problems') return oldPress;
  const said = Object.entries(read.said).map(([field, detail]) => [
    field,
    { ...detail, origin: 'said' as const, by: actor.id, at },
  ]);
  return proceed(context, { ...before, details: { ...before.details, ...Object.fromEntries(said) } });
}

/**
 * Nothing leaves before somebody has agreed to a preview, and nothing but what was in it leaves: what came later is left out,
 * and where it changes the case the preview is shown again.
 */
function send(context: HandoffContext, before: HandoffState): HandoffTurn {
  const { settings, knowledge, conversation } = context;
  const desk = before.to === null ? undefined : settings.desks[before.to];
  if (before.stage !== 'preview' || before.to === null || desk === undefined) return oldPress;
  const isLater = ({ at }: { readonly at: string }) => at > before.at;
  if (conversation.facts.some(isLater) || conversation.closedRounds.some(({ closedAt }) => closedAt > before.at))
    return proceed(context, before);
  const consent = consentTo(context, desk);
  const seen = caseOf(
    {
      ...context,
      at: before.at,
      outputs: context.outputs.filter((each) => !isLater(each)),
      transcript: context.transcript.filter((each) => !isLater(each)),
    },
    before,
  );
  const ticket = renderTicket(knowledge, { ...seen, consent }, desk.language);
  return showing(context, { ...before, stage: 'queued', consent, at: context.at }, [
    { kind: 'open-ticket', to: before.to, ticket },
  ]);
}

function consentTo({ knowledge, conversation, actor, at }: HandoffContext, { name, country }: KnownDesk) {
  const text = say(knowledge.texts[conversation.locale].tickets.states.consent, { name, country });
  return { text, at, by: actor.id, recipient: { name, country } };
}

/** News of an earlier generation is late, and so is a delay of a ticket that is there. */
function hear(
  context: HandoffContext,
  before: HandoffState,
  { generation, news }: Extract<HandoffInput, { kind: 'heard' }>,
): HandoffTurn {
  if (generation !== before.generation || before.stage === 'created')
    return { kind: 'turn', handoff: before, effects: [] };
  switch (news.kind) {
    case 'created':
      return telling(context, { ...before, stage: 'created', ticket: news.ticket, at: context.at });
    case 'delayed':
      return inPlace(context, { ...before, stage: 'delayed', tries: news.tries });
    case 'held':
      return telling(context, { ...before, stage: 'held' });
    case 'dead':
      return telling(context, { ...before, stage: 'dead' }, [copyOf(context, caseOf(context, before))]);
    default:
      return news satisfies never;
  }
}

type Turned = Extract<HandoffTurn, { kind: 'turn' }>;

/** Where the ticket stands, anew for whoever pressed. */
function showing(context: HandoffContext, handoff: HandoffState, effects: readonly HandoffEffect[] = []): Turned {
  return { kind: 'turn', handoff, effects: [...effects, card(context, handoff, 'anew')] };
}

function inPlace(context: HandoffContext, handoff: HandoffState): Turned {
  return { kind: 'turn', handoff, effects: [card(context, handoff, 'in-place')] };
}

/** News from the desk: in the card, and as a message, since an edit tells nobody. */
function telling(context: HandoffContext, handoff: HandoffState, effects: readonly HandoffEffect[] = []): Turned {
  return {
    kind: 'turn',
    handoff,
    effects: [card(context, handoff, 'in-place'), card(context, handoff, 'news'), ...effects],
  };
}

function card({ settings, conversation }: HandoffContext, handoff: HandoffState, how: CardEffect['how']): CardEffect {
  return cardOf(settings, handoff, caseNumber(conversation.id), how);
}

export function caseOf(
  { conversation, settings, outputs, transcript, at }: HandoffContext,
  handoff: HandoffState,
): Case {
  const { desk, generation, details, consent } = handoff;
  return { conversation, desk, generation, details, sender: settings.sender, consent, outputs, transcript, at };
}
