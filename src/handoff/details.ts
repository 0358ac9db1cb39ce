import { z } from 'zod';
import type { Detail } from '../conversation/handoff-state.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { unsure } from '../knowledge/schema/ids.ts';
import type { DetailProblem, TicketField } from '../knowledge/schema/tickets.ts';
import { foldWords } from '../reading/phrase.ts';

export type Said = Pick<Detail, 'value' | 'why'>;
/** What is wrong, by field. */
export type DetailsProblems = Readonly<Record<string, DetailProblem>>;
export type DetailsReading =
  | { readonly kind: 'details'; readonly said: Readonly<Record<string, Said>> }
  | { readonly kind: 'problems'; readonly problems: DetailsProblems };

/** Reads what was typed into fields, by field id. The text is already redacted. Every wrong field is named. */
export function readDetails(
  knowledge: Knowledge,
  fields: readonly TicketField[],
  values: Readonly<Record<string, string>>,
): DetailsReading {
  const said: Record<string, Said> = {};
  const problems: Record<string, DetailProblem> = {};
  for (const field of fields) {
    const detail = readDetail(knowledge, field, (values[field.id] ?? '').trim());
    if (typeof detail === 'string') problems[field.id] = detail;
    else said[field.id] = detail;
  }
  return Object.keys(problems).length > 0 ? { kind: 'problems', problems } : { kind: 'details', said };
}

function readDetail(knowledge: Knowledge, field: TicketField, text: string): Said | DetailProblem {
  if (field.kind === 'choice') return readChoice(field, text);
  const reason = unsureReason(knowledge, text);
  if (reason !== undefined) return reason === '' ? 'needs-reason' : { value: null, why: reason.slice(0, 200) };
  const value = typedValue(field, text);
  return typeof value === 'string' ? value : { ...value, why: null };
}

function readChoice(field: TicketField, text: string): Said | DetailProblem {
  if (text === unsure) return { value: null, why: null };
  return field.choices?.includes(text) ? { value: text, why: null } : 'needs-choice';
}

/** What follows "I don't know": the reason, empty where there is none; undefined where nothing says so. */
function unsureReason({ words }: Knowledge, text: string): string | undefined {
  const spoken = text.replace(/^i (?=do)/i, '').replaceAll('’', "'");
  const folded = foldWords(spoken);
  const said = (words.choices[unsure] ?? [])
    .map(foldWords)
    .toSorted((one, other) => other.length - one.length)
    .find((word) => folded.startsWith(word) && !/^[a-z0-9]/.test(folded.slice(word.length)));
  return said === undefined ? undefined : spoken.slice(said.length).replace(/^[\s,.;:、。,:;()(]+|[\s)]+$/g, '');
}

function typedValue(field: TicketField, text: string): { readonly value: string } | DetailProblem {
  if (text === '') return 'needs-text';
  if (text.length > (field.max ?? 200) && field.kind !== 'number') return 'too-long';
  const folded = text.normalize('NFKC');
  switch (field.kind) {
    case 'text':
      return { value: text.replace(/\s+/g, ' ') };
    case 'paragraph':
      return { value: text };
    case 'email':
      return readEmail(folded);
    case 'number':
      return /^\d{1,9}$/.test(folded) && Number(folded) <= (field.max ?? Number.MAX_SAFE_INTEGER)
        ? { value: String(Number(folded)) }
        : 'needs-number';
    case 'day':
      return readDay(folded);
    case 'last-five':
      return readLastFive(text);
    case 'choice':
      return 'needs-choice';
    default:
      return field.kind satisfies never;
  }
}

function readEmail(text: string): { readonly value: string } | DetailProblem {
  return /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;.]+$/.test(text) ? { value: text } : 'needs-email';
}

function readDay(text: string): { readonly value: string } | DetailProblem {
  const [, year = '', month = '', day = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? [];
  const value = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return z.iso.date().safeParse(value).success ? { value } : 'needs-day';
}

/** Five characters of a key, also out of the mark that took a whole key's place. */
function readLastFive(text: string): { readonly value: string } | DetailProblem {
  const [, typed] = /^(?:\[KEY …|…)?([A-Z0-9]{5})\]?$/.exec(text.toUpperCase()) ?? [];
  return typed === undefined ? 'needs-last-five' : { value: typed };
}
