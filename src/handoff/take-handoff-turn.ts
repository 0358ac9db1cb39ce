import type { Conversation } from '../conversation/conversation.ts';
import type { Actor } from '../conversation/event.ts';
import type { Details, HandoffState } from '../conversation/handoff-state.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Desk } from '../knowledge/schema/ids.ts';
import type { Case, PastedOutput, TranscriptLine } from './case.ts';
import { caseNumber } from './case-number.ts';
import { type DetailsProblems, readDetails } from './details.ts';
import { nextForm, readGate } from './gate.ts';
import type { HandoffEffect } from './handoff-effect.ts';
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

/** What came back from the desk, as `src/service/ticket-outcome.ts` has it. */
export type TicketNews =
  | { readonly kind: 'created'; readonly ticket: { readonly number: string | null; readonly url: string | null } }
  | { readonly kind: 'delayed'; readonly tries: number }
  | { readonly kind: 'held' | 'dead' };

export type HandoffInput =
  | { readonly kind: 'asked'; readonly desk: Desk }
  | { readonly kind: 'filled'; readonly values: Readonly<Record<string, string>> }
  /** A question of the flows that the ticket needed has been answered, or a fix was tried. */
  | { readonly kind: 'continued' }
  | { readonly kind: 'overridden' }
  | { readonly kind: 'agreed' }
  /** One field is to be said anew. */
  | { readonly kind: 'edited'; readonly field: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'heard'; readonly generation: number; readonly news: TicketNews };

export type HandoffTurn =
  | { readonly kind: 'turn'; readonly handoff: HandoffState; readonly effects: readonly HandoffEffect[] }
  | { readonly kind: 'problems'; readonly problems: DetailsProblems }
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
  if (isUnderWay(before)) return shown(context, before, []);
  switch (input.kind) {
    case 'filled':
      return fillIn(context, before, input.values);
    case 'continued':
      return proceed(context, before);
    case 'overridden':
      return context.actor.role === 'lead'
        ? proceed(context, { ...before, overriddenBy: context.actor.id })
        : { kind: 'refused', refusal: 'not-yours' };
    case 'agreed':
      return send(context, before);
    case 'edited':
      return proceed(context, { ...before, details: without(before.details, input.field) });
    case 'cancelled':
      return shown(context, { ...before, stage: 'cancelled' }, []);
    default:
      return input satisfies never;
  }
}

/** A ticket exists or may: nothing a person presses makes a second one. */
function isUnderWay({ stage }: HandoffState): boolean {
  return stage === 'queued' || stage === 'delayed' || stage === 'held' || stage === 'created';
}

function ask(context: HandoffContext, before: HandoffState | null, desk: Desk): HandoffTurn {
  if (before !== null && isUnderWay(before)) return shown(context, before, []);
  const { settings, at } = context;
  const configured = Object.entries(settings.defaults).map(([field, value]) => [
    field,
    { value, why: null, origin: 'configured' as const, by: 'configuration', at },
  ]);
  const fresh: HandoffState = {
    generation: (before?.generation ?? 0) + 1,
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
    return shown(context, { ...handoff, stage: 'fix-first' }, [
      { kind: 'fix-first', preflight: look, mayOverride: actor.role === 'lead' },
    ]);
  }
  const gate = readGate(knowledge, item);
  if (gate.missing.length > 0 && handoff.overriddenBy === null) {
    const missing = gate.missing.map((need) => (need.kind === 'field' ? need.field.id : need.question));
    return shown(context, { ...handoff, stage: 'gathering' }, [
      {
        kind: 'ask-details',
        needs: nextForm(gate),
        missing,
        score: gate.score,
        number: caseNumber(context.conversation.id),
      },
    ]);
  }
  const { to } = routeTo(settings.routes, settings.hours, routedCase(knowledge, item));
  const desk = to === null ? undefined : settings.desks[to];
  if (desk === undefined) {
    return shown(context, { ...handoff, to: null, stage: 'copied' }, [
      { kind: 'copy-ticket', ticket: renderTicket(knowledge, item, context.conversation.locale) },
    ]);
  }
  const ticket = renderTicket(knowledge, { ...item, consent: consentTo(context, desk) }, desk.language);
  return shown(context, { ...handoff, to, stage: 'preview', at: context.at }, [{ kind: 'show-ticket', ticket, desk }]);
}

function fillIn(context: HandoffContext, before: HandoffState, values: Readonly<Record<string, string>>): HandoffTurn {
  const { knowledge, actor, at } = context;
  const fields = knowledge.tickets.fields.filter(({ id }) => values[id] !== undefined);
  const read = readDetails(knowledge, fields, values);
  if (read.kind === 'problems') return read;
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
  return shown(context, { ...before, stage: 'queued', consent, at: context.at }, [
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
  if (generation !== before.generation || before.stage === 'created') return shown(context, before, []);
  switch (news.kind) {
    case 'created':
      return shown(context, { ...before, stage: 'created', ticket: news.ticket }, []);
    case 'delayed':
      return shown(context, { ...before, stage: 'delayed', tries: news.tries }, []);
    case 'held':
    case 'dead':
      return shown(context, { ...before, stage: news.kind }, []);
    default:
      return news satisfies never;
  }
}

function shown(
  { settings, conversation }: HandoffContext,
  handoff: HandoffState,
  effects: readonly HandoffEffect[],
): HandoffTurn {
  const desk = handoff.to === null ? null : (settings.desks[handoff.to] ?? null);
  return {
    kind: 'turn',
    handoff,
    effects: [...effects, { kind: 'card', handoff, desk, number: caseNumber(conversation.id) }],
  };
}

function without(details: Details, field: string): Details {
  return Object.fromEntries(Object.entries(details).filter(([name]) => name !== field));
}

function caseOf({ conversation, settings, outputs, transcript, at }: HandoffContext, handoff: HandoffState): Case {
  const { desk, generation, details, consent } = handoff;
  return { conversation, desk, generation, details, sender: settings.sender, consent, outputs, transcript, at };
}
