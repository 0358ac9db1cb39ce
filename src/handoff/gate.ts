import type { Details } from '../conversation/handoff-state.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { TicketField } from '../knowledge/schema/tickets.ts';
import { type Case, factsOfCase } from './case.ts';

/** Something the ticket needs and nobody has said: a field, or the answer to a question of the flows. */
export type Need =
  | { readonly kind: 'field'; readonly field: TicketField }
  | { readonly kind: 'question'; readonly question: string };

export interface GateReading {
  readonly missing: readonly Need[];
  /** Of 100: how much of what this desk needs is said, a reasoned "I don't know" included. */
  readonly score: number;
}

/** What a person fills in without a rest. */
const formFields = 10;

/** What the desk still needs so that it has no further question. */
export function readGate(knowledge: Knowledge, item: Pick<Case, 'conversation' | 'desk' | 'details'>): GateReading {
  const { everywhere, desks } = knowledge.tickets;
  const gate = desks[item.desk];
  const facts = factsOfCase(knowledge, item);
  const needed = fieldsNamed(knowledge, [...everywhere.fields, ...gate.fields]).filter((field) =>
    applies(field, item.details),
  );
  const missing: Need[] = [
    ...needed.filter(({ id }) => item.details[id] === undefined).map((field) => ({ kind: 'field', field }) as const),
    ...gate.questions
      .filter((question) => !facts.has(question))
      .map((question) => ({ kind: 'question', question }) as const),
    ...missingWay(gate.either ?? [], item.details)
      .flatMap((id) => fieldsNamed(knowledge, [id]))
      .map((field) => ({ kind: 'field', field }) as const),
  ];
  const total = needed.length + gate.questions.length + (gate.either === undefined ? 0 : 1);
  const open =
    missing.filter((need) => need.kind === 'question' || needed.includes(need.field)).length +
    (missing.length > 0 && missingWay(gate.either ?? [], item.details).length > 0 ? 1 : 0);
  return { missing, score: total === 0 ? 100 : Math.floor(((total - open) / total) * 100) };
}

/** What the next form asks: the fields first, as many as it holds; questions of the flows one by one after them. */
export function nextForm({ missing }: GateReading): readonly Need[] {
  const fields = missing.filter((need) => need.kind === 'field');
  return fields.length > 0 ? fields.slice(0, formFields) : missing.slice(0, 1);
}

function fieldsNamed(knowledge: Knowledge, ids: readonly string[]): readonly TicketField[] {
  return ids.flatMap((id) => knowledge.tickets.fields.find((field) => field.id === id) ?? []);
}

function applies({ when }: TicketField, details: Details): boolean {
  return Object.entries(when ?? {}).every(([field, values]) => values.includes(details[field]?.value ?? ''));
}

/** The unsaid fields of the first way that is still open; none where one way is given, or all were tried. */
function missingWay(ways: readonly (readonly string[])[], details: Details): readonly string[] {
  if (ways.some((way) => way.every((field) => details[field]?.value != null))) return [];
  const open = ways.find((way) => way.every((field) => details[field] === undefined || details[field].value !== null));
  return open?.filter((field) => details[field] === undefined) ?? [];
}
