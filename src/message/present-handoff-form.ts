import type { Conversation } from '../conversation/conversation.ts';
import type { Details } from '../conversation/handoff-state.ts';
import type { DetailsProblems } from '../handoff/details.ts';
import { nextForm, readGate } from '../handoff/gate.ts';
import { answerField, generationAnswered, handoffFieldStep, handoffStep, noteField } from '../handoff/steps.ts';
import { isAnswerable } from '../handoff/take-handoff-turn.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { TicketField } from '../knowledge/schema/tickets.ts';
import type { Locale } from '../text/locale.ts';
import { type Address, writeAddress } from './address.ts';
import type { Field, FieldProblems, Form } from './message.ts';
import { Words } from './phrases.ts';

/** What somebody writes into a conversation at once; far below what a message holds. */
export const noteLength = 1500;

/** The form an address of a handoff opens: what a ticket lacks, one field anew, a note, or an answer to the desk. Undefined for any other address. */
export function presentHandoffForm(
  knowledge: Knowledge,
  conversation: Conversation,
  address: Address,
): Form | undefined {
  const { locale } = conversation;
  const texts = knowledge.texts[locale].tickets;
  const words = new Words(knowledge, locale);
  const shared = { locale, submit: words.label('send'), cancel: words.label('cancel'), address: writeAddress(address) };
  if (address.step === handoffStep && address.choice === 'note') {
    const note = { kind: 'paragraph', id: noteField, label: texts['note-label'], maxLength: noteLength } as const;
    return { ...shared, title: texts.buttons.note, fields: [note] };
  }
  const generation = generationAnswered(address.step);
  if (generation !== undefined) {
    const { handoff } = conversation;
    if (handoff === null || handoff.generation !== generation || !isAnswerable(handoff)) return undefined;
    const said = { label: texts['answer-label'], hint: texts['answer-hint'] };
    const answer = { kind: 'paragraph', id: answerField, ...said, maxLength: noteLength } as const;
    return { ...shared, title: texts.buttons.answer, fields: [answer] };
  }
  const asked = askedFields(knowledge, conversation, address);
  if (asked.length === 0) return undefined;
  const details = conversation.handoff?.details ?? {};
  return {
    ...shared,
    title: texts['form-title'],
    fields: asked.map((field) => fieldOf(words, field, details)),
  };
}

function askedFields(
  knowledge: Knowledge,
  conversation: Conversation,
  { step, choice }: Address,
): readonly TicketField[] {
  const { handoff } = conversation;
  if (handoff === null) return [];
  if (step === handoffFieldStep) return knowledge.tickets.fields.filter(({ id }) => id === choice);
  if (step !== handoffStep || choice !== 'fill') return [];
  const needs = nextForm(readGate(knowledge, { ...handoff, conversation }));
  return needs.flatMap((need) => (need.kind === 'field' ? [need.field] : []));
}

function fieldOf(words: Words, { id, kind, choices, max = 200 }: TicketField, details: Details): Field {
  const texts = words.texts.tickets.fields[id];
  const value = details[id]?.value;
  const shared = {
    id,
    label: texts?.label ?? id,
    ...(texts?.hint === undefined ? {} : { hint: texts.hint }),
    ...(value == null ? {} : { value }),
  };
  if (kind === 'choice') {
    const named = (choices ?? []).map((choice) => ({ id: choice, label: texts?.choices?.[choice] ?? choice }));
    return { ...shared, kind, choices: [...named, { id: 'unsure', label: words.label('unsure') }] };
  }
  const longest = kind === 'number' ? unsureLength : Math.max(max, unsureLength);
  return { ...shared, kind: kind === 'paragraph' ? 'paragraph' : 'text', maxLength: longest };
}

/** An "I don't know" and its reason fit every field. */
const unsureLength = 200;

/** What is wrong with what was typed, in words. */
export function presentDetailProblems({ texts }: Knowledge, locale: Locale, problems: DetailsProblems): FieldProblems {
  return Object.fromEntries(
    Object.entries(problems).map(([field, problem]) => [field, texts[locale].tickets.problems[problem]]),
  );
}
