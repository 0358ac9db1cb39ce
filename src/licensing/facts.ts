import { unsure } from '../knowledge/schema/ids.ts';
import type { Facts } from './policy.ts';

/** A known answer as text; undefined when it is missing or the person does not know. */
export function textFact(facts: Facts, question: string): string | undefined {
  const value = facts.get(question);
  return value === undefined || value === unsure ? undefined : String(value);
}

/** A known answer as a whole number of at least 0; undefined for anything else. */
export function countFact(facts: Facts, question: string): number | undefined {
  const text = textFact(facts, question);
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** Whether the person was asked and does not know. */
export function isUnsure(facts: Facts, question: string): boolean {
  return facts.get(question) === unsure;
}

/** A known answer as a day, `YYYY-MM-DD`; a year or a month stands for its first day. */
export function dayFact(facts: Facts, question: string): string | undefined {
  const match = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?$/.exec(textFact(facts, question) ?? '');
  if (match === null) return undefined;
  const [, year = '', month = '1', day = '1'] = match;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
