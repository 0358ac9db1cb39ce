import { readForm } from '../conversation/form.ts';
import { stepQuestions } from '../conversation/walk.ts';
import { type DetailsProblems, readDetails } from '../handoff/details.ts';
import { answerField, isHandoffStep, noteField } from '../handoff/steps.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import type { FieldProblems } from '../message/message.ts';
import { Words } from '../message/phrases.ts';
import { noteLength, presentDetailProblems } from '../message/present-handoff-form.ts';
import type { Locale } from '../text/locale.ts';

/** What is wrong with a submitted form, for whoever reads it in `locale`. */
export type Wrong = (locale: Locale) => FieldProblems;

/** Looks at a submitted form of a step. The values are redacted. Undefined where nothing is wrong. */
export function wrongIn(
  knowledge: Knowledge,
  step: string,
  values: Readonly<Record<string, string>>,
): Wrong | undefined {
  if (isHandoffStep(step)) {
    const problems = detailProblems(knowledge, values);
    return problems && ((locale) => presentDetailProblems(knowledge, locale, problems));
  }
  const form = readForm(knowledge, stepQuestions(knowledge, step), values);
  if (form.kind !== 'problems') return undefined;
  return (locale) => {
    const words = new Words(knowledge, locale);
    return Object.fromEntries(Object.entries(form.problems).map(([field, problem]) => [field, words.label(problem)]));
  };
}

function detailProblems(knowledge: Knowledge, values: Readonly<Record<string, string>>): DetailsProblems | undefined {
  for (const id of [noteField, answerField]) {
    const written = values[id];
    if (written !== undefined) return problemOf(id, written);
  }
  const fields = knowledge.tickets.fields.filter(({ id }) => values[id] !== undefined);
  const reading = readDetails(knowledge, fields, values);
  return reading.kind === 'problems' ? reading.problems : undefined;
}

function problemOf(id: string, written: string): DetailsProblems | undefined {
  if (written.trim() === '') return { [id]: 'needs-text' };
  return written.length > noteLength ? { [id]: 'too-long' } : undefined;
}
