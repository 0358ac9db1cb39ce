import type { Conversation } from '../conversation/conversation.ts';
import type { HandoffState } from '../conversation/handoff-state.ts';
import type { DetailsProblems } from '../handoff/details.ts';
import type { Need } from '../handoff/gate.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { TicketField } from '../knowledge/schema/tickets.ts';
import { fill } from '../text/sentence.ts';
import { spansToText } from '../text/span.ts';
import { writeAddress } from './address.ts';
import type { Field, FieldProblems, Form } from './message.ts';
import { handoffStep } from './present-handoff.ts';

/** The form that asks what a ticket lacks; undefined where what comes next is a question of the flows. */
export function presentDetailsForm(
  knowledge: Knowledge,
  conversation: Conversation,
  handoff: HandoffState,
  needs: readonly Need[],
): Form | undefined {
  const { locale, id, turn } = conversation;
  const { tickets, interface: phrases } = knowledge.texts[locale];
  const fields = needs.flatMap((need) =>
    need.kind === 'field' ? [fieldOf(knowledge, conversation, need.field, handoff)] : [],
  );
  if (fields.length === 0) return undefined;
  return {
    locale,
    title: tickets['form-title'],
    submit: spansToText(fill(phrases.send)),
    cancel: spansToText(fill(phrases.cancel)),
    address: writeAddress({ conversation: id, turn, step: handoffStep, choice: 'fill' }),
    fields,
  };
}

function fieldOf(knowledge: Knowledge, { locale }: Conversation, field: TicketField, { details }: HandoffState): Field {
  const { fields } = knowledge.texts[locale].tickets;
  const words = fields[field.id];
  const value = details[field.id]?.value;
  const common = {
    id: field.id,
    label: words?.label ?? field.id,
    ...(words?.hint === undefined ? {} : { hint: words.hint }),
    ...(value == null ? {} : { value }),
  };
  if (field.kind === 'choice') {
    const unsure = { id: 'unsure', label: spansToText(fill(knowledge.texts[locale].interface.unsure)) };
    return {
      ...common,
      kind: 'choice',
      choices: [...(field.choices ?? []).map((id) => ({ id, label: words?.choices?.[id] ?? id })), unsure],
    };
  }
  return { ...common, kind: field.kind === 'paragraph' ? 'paste' : 'text', maxLength: Math.min(field.max ?? 200, 500) };
}

/** What is wrong with what was typed, in the person's language. */
export function presentDetailProblems(
  { texts }: Knowledge,
  { locale }: Conversation,
  problems: DetailsProblems,
): FieldProblems {
  return Object.fromEntries(
    Object.entries(problems).map(([field, problem]) => [field, texts[locale].tickets.problems[problem]]),
  );
}
