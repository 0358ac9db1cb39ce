import type { Conversation } from '../conversation/conversation.ts';
import type { Actor } from '../conversation/event.ts';
import {
  type Details,
  type HandoffState,
  type TicketNews,
  type ToldStage,
  toldStages,
} from '../conversation/handoff-state.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { Desk } from '../knowledge/schema/ids.ts';
import { fingerprint } from '../text/fingerprint.ts';
import { caseFileName } from './build-case-file.ts';
import { cardOf } from './card.ts';
import type { Case, PastedOutput, TranscriptLine } from './case.ts';
import { sectionOfField } from './case-file.ts';
import { caseNumber } from './case-number.ts';
import { readDetails } from './details.ts';
import { nextForm, readGate } from './gate.ts';
import type { CardEffect, HandoffEffect } from './handoff-effect.ts';
import { preflight } from './preflight.ts';
import { renderTicket } from './render-ticket.ts';
import { routedCase } from './routed-case.ts';
import { routeTo } from './routes.ts';
import type { HandoffSettings, KnownDesk } from './settings.ts';
import type { Ticket } from './ticket.ts';
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
  /** The transcript stays here, or goes along after all. */
  | { readonly kind: 'transcript'; readonly stays: boolean }
  /** What would go along is to be seen. */
  | { readonly kind: 'looked' }
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
  // The buttons of a ticket that was sent are spent; of one that could not be delivered they lead to the next.
  if (before.consent !== null) {
    if (before.stage !== 'dead' || input.kind === 'cancelled') return showing(context, before);
    const next = fresh(context, before, before.desk);
    if (input.kind === 'transcript') return proceed(context, { ...next, withoutTranscript: input.stays });
    return input.kind === 'filled' ? fillIn(context, next, input.values) : proceed(context, next);
  }
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
    case 'transcript':
      return proceed(context, { ...before, withoutTranscript: input.stays });
    case 'looked':
      return showFiles(context, before);
    case 'cancelled':
      return showing(context, { ...before, stage: 'cancelled' });
    default:
      return input satisfies never;
  }
}

/** A ticket exists or may: nothing a person presses makes a second one. After the round it is about, there may be another. */
export function isUnderWay(
  { conversation }: Pick<HandoffContext, 'conversation'>,
  { stage, round }: HandoffState,
): boolean {
  return isThere(stage) ? round === conversation.round.since : mayBeThere(stage);
}

/** Whether somebody's answer can go into the ticket: it is at its desk, or goes before it. */
export function isAnswerable({ stage }: HandoffState): boolean {
  return isThere(stage) || stage === 'queued' || stage === 'delayed';
}

/** Whether a person has been asked something about the ticket and has not answered. */
export function isAsked({ stage }: HandoffState): boolean {
  return stage === 'fix-first' || stage === 'gathering' || stage === 'preview';
}

/** Whether the ticket is known to be at its desk. */
function isThere(stage: HandoffState['stage']): stage is 'created' | 'answered' | ToldStage {
  return stage === 'created' || stage === 'answered' || toldStages.some((each) => each === stage);
}

/** Whether the ticket has been sent and nobody knows yet what came of it. */
function mayBeThere(stage: HandoffState['stage']): boolean {
  return stage === 'queued' || stage === 'delayed' || stage === 'held';
}

/** Whether the desk says that it is done, and nobody has said whether it is. */
export function awaitsVerdict(conversation: Conversation, handoff: HandoffState): boolean {
  const { stage } = handoff;
  const isDone = stage === 'resolved' || stage === 'key-issued';
  return isDone && conversation.state === 'open' && isUnderWay({ conversation }, handoff);
}

function ask(context: HandoffContext, before: HandoffState | null, desk: Desk): HandoffTurn {
  if (before !== null && isUnderWay(context, before)) return showing(context, before);
  return proceed(context, fresh(context, before, desk));
}

/** A ticket at its beginning. What never was sent is the same ticket still. */
function fresh(context: HandoffContext, before: HandoffState | null, desk: Desk): HandoffState {
  const { settings, at } = context;
  const configured = Object.entries(settings.defaults).map(([field, value]) => [
    field,
    { value, why: null, origin: 'configured' as const, by: 'configuration', at },
  ]);
  const { since } = context.conversation.round;
  return {
    generation: (before?.generation ?? 1) + (before?.consent == null ? 0 : 1),
    desk,
    to: null,
    round: since,
    stage: 'gathering',
    details: { ...saidBefore(before, since), ...Object.fromEntries(configured) },
    withoutTranscript: before?.withoutTranscript ?? false,
    overriddenBy: null,
    shown: null,
    consent: null,
    subject: null,
    ticket: null,
    word: null,
    tries: 0,
    at,
  };
}

/** Of another problem, who asks and for whom still holds; what was wanted, and why, does not. */
function saidBefore(before: HandoffState | null, round: number): Details {
  if (before === null) return {};
  const kept = Object.entries(before.details).filter(([field]) => before.round === round || isLasting(field));
  return Object.fromEntries(kept.filter(([, { origin }]) => origin === 'said'));
}

function isLasting(field: string): boolean {
  const sections: ReadonlyMap<string, string> = new Map(Object.entries(sectionOfField));
  return ['contact', 'customer'].includes(sections.get(field) ?? '');
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
  if (gate.missing.length > 0) {
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
    return {
      kind: 'turn',
      handoff: { ...handoff, to: null, stage: 'copied' },
      effects: [copyOf(context, item, 'no-route')],
    };
  }
  const consent = consentTo(context, handoff, desk);
  const ticket = renderTicket(knowledge, { ...item, consent }, desk.language);
  const transcript = item.withoutTranscript ? 'stays' : item.transcript.length === 0 ? 'none' : 'goes';
  return {
    kind: 'turn',
    handoff: { ...handoff, to, stage: 'preview', shown: markOf(ticket, desk), at: context.at },
    effects: [
      { kind: 'show-ticket', ticket },
      { kind: 'ask-consent', desk, transcript },
    ],
  };
}

function copyOf({ knowledge, conversation }: HandoffContext, item: Case, why: 'no-route' | 'refused'): HandoffEffect {
  return { kind: 'copy-ticket', ticket: renderTicket(knowledge, item, conversation.locale), desk: item.desk, why };
}

/** Of all that is shown before it is agreed to. The case file alone differs later: it holds the consent itself. */
function markOf({ subject, body, files }: Ticket, { name, country }: KnownDesk): string {
  const evidence = files.map((file) => (file.name === caseFileName ? file.name : `${file.name}\n${file.text}`));
  return fingerprint(JSON.stringify([name, country, subject, body, evidence]));
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
 * and where the case, the desk or the words have changed since, the preview is shown again.
 */
function send(context: HandoffContext, before: HandoffState): HandoffTurn {
  if (before.stage !== 'preview' || before.to === null) return oldPress;
  const seen = ticketOf(context, before);
  if (seen === null || markOf(seen.ticket, seen.desk) !== before.shown) return proceed(context, before);
  const { ticket, consent } = seen;
  return showing(context, { ...before, stage: 'queued', consent, subject: ticket.subject, at: context.at }, [
    { kind: 'open-ticket', to: before.to, ticket },
  ]);
}

/** The files of the preview, whole. */
function showFiles(context: HandoffContext, before: HandoffState): HandoffTurn {
  const seen = before.stage === 'preview' ? ticketOf(context, before) : null;
  if (seen === null) return proceed(context, before);
  const effects = seen.ticket.files.map((file) => ({ kind: 'show-file', file }) as const);
  return { kind: 'turn', handoff: before, effects };
}

/** The ticket of the newest preview, with the consent of whoever acts; null where the case or the desks have changed since. */
function ticketOf(context: HandoffContext, before: HandoffState) {
  const { settings, knowledge, conversation } = context;
  const desk = before.to === null ? undefined : settings.desks[before.to];
  const isLater = ({ at }: { readonly at: string }) => at > before.at;
  const hasChanged =
    conversation.facts.some(isLater) || conversation.closedRounds.some(({ closedAt }) => closedAt > before.at);
  if (desk === undefined || hasChanged) return null;
  const consent = consentTo(context, before, desk);
  const seen = {
    ...context,
    at: before.at,
    outputs: context.outputs.filter((each) => !isLater(each)),
    transcript: context.transcript.filter((each) => !isLater(each)),
  };
  const ticket = renderTicket(knowledge, { ...caseOf(seen, before), consent }, desk.language);
  return { ticket, desk, consent };
}

function consentTo(
  { knowledge, conversation, actor, at }: HandoffContext,
  { withoutTranscript }: HandoffState,
  { name, country }: KnownDesk,
) {
  const { states } = knowledge.texts[conversation.locale].tickets;
  const text = say(states[consentPhrase(withoutTranscript)], { name, country });
  return { text, at, by: actor.id, recipient: { name, country } };
}

/** News of an earlier generation is late, and so is what came of the sending once the ticket is there. */
function hear(
  context: HandoffContext,
  before: HandoffState,
  { generation, news }: Extract<HandoffInput, { kind: 'heard' }>,
): HandoffTurn {
  const { stage } = before;
  const unchanged: HandoffTurn = { kind: 'turn', handoff: before, effects: [] };
  if (generation !== before.generation) return unchanged;
  switch (news.kind) {
    case 'created':
      if (stage === 'created') return unchanged;
      return isThere(stage)
        ? inPlace(context, { ...before, ticket: news.ticket })
        : telling(context, { ...before, stage: 'created', ticket: news.ticket, at: context.at });
    case 'delayed':
      return isThere(stage) ? unchanged : inPlace(context, { ...before, stage: 'delayed', tries: news.tries });
    case 'held':
      return isThere(stage) ? unchanged : telling(context, { ...before, stage: 'held' });
    case 'dead':
      return isThere(stage)
        ? unchanged
        : telling(context, { ...before, stage: 'dead' }, [copyOf(context, caseOf(context, before), 'refused')]);
    case 'replied':
    case 'waiting':
    case 'key-issued':
    case 'resolved':
    case 'reopened':
      // Whoever speaks of a ticket has it: that decides also where nobody could tell whether it arrived.
      return isThere(stage) || mayBeThere(stage)
        ? telling(context, {
            ...before,
            ...again(context, before, news.kind),
            stage: news.kind,
            word: news.word,
            at: context.at,
          })
        : unchanged;
    default:
      return news satisfies never;
  }
}

/** A ticket that the desk works on again, after it called it solved, is about what is wrong now. */
function again({ conversation }: HandoffContext, before: HandoffState, stage: ToldStage): Partial<HandoffState> {
  const goesOn = stage === 'reopened' || before.stage === 'resolved' || before.stage === 'key-issued';
  return goesOn ? { round: conversation.round.since } : {};
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
  const { desk, generation, details, consent, withoutTranscript } = handoff;
  const { sender } = settings;
  return { conversation, desk, generation, details, sender, consent, outputs, transcript, withoutTranscript, at };
}

/** What is agreed to by sending. */
export function consentPhrase(withoutTranscript: boolean): 'consent' | 'consent-no-transcript' {
  return withoutTranscript ? 'consent-no-transcript' : 'consent';
}
