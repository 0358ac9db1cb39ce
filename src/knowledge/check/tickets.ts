import type { Problem } from '../../errors.ts';
import { type Locale, locales } from '../../text/locale.ts';
import type { Sentence } from '../../text/sentence.ts';
import { closest } from '../closest.ts';
import type { Knowledge } from '../knowledge.ts';
import { camelCase, computedValues } from '../ticket-values.ts';
import type { ProblemAt } from './report.ts';

/** What each desk needs names fields and questions that exist; every field, choice and placeholder has its words. */
export function checkTickets(knowledge: Knowledge, at: ProblemAt): readonly Problem[] {
  return [...checkGates(knowledge, at), ...locales.flatMap((locale) => checkWords(knowledge, locale, at))];
}

function checkGates({ tickets, questions }: Knowledge, at: ProblemAt): readonly Problem[] {
  const fields = tickets.fields.map(({ id }) => id);
  const unknownFields = (path: readonly PropertyKey[], named: readonly string[]) =>
    named
      .filter((name) => !fields.includes(name))
      .map((name) => at('tickets.yaml', path, `there is no field ${name}${closest(name, fields)}`));
  const unknownQuestions = (path: readonly PropertyKey[], named: readonly string[]) =>
    named
      .filter((name) => !questions.has(name))
      .map((name) => at('tickets.yaml', path, `there is no question ${name}${closest(name, questions.keys())}`));
  return [
    ...unknownFields(['everywhere', 'fields'], tickets.everywhere.fields),
    ...Object.entries(tickets.desks).flatMap(([desk, gate]) => [
      ...unknownFields(['desks', desk, 'fields'], gate.fields),
      ...unknownFields(['desks', desk, 'either'], (gate.either ?? []).flat()),
      ...unknownQuestions(['desks', desk, 'questions'], gate.questions),
    ]),
    ...unknownQuestions(['attempts'], tickets.attempts),
    ...unknownQuestions(['rules-out'], Object.keys(tickets['rules-out'])),
    ...fields
      .filter((id) => questions.has(id))
      .map((id) => at('tickets.yaml', ['fields'], `${id} is a question too: a ticket would not know which is meant`)),
  ];
}

function checkWords({ tickets, questions, texts }: Knowledge, locale: Locale, at: ProblemAt): readonly Problem[] {
  const file = `text/${locale}/tickets.yaml`;
  const text = texts[locale].tickets;
  const problems: Problem[] = [];
  const compare = (path: readonly PropertyKey[], wanted: readonly string[], given: object) => {
    const present = Object.keys(given);
    for (const name of wanted)
      if (!present.includes(name)) problems.push(at(file, path, `the words for ${name} are missing: write them`));
    for (const name of present)
      if (!wanted.includes(name))
        problems.push(at(file, [...path, name], 'nothing has this name: correct it or remove the words'));
  };
  compare(
    ['fields'],
    tickets.fields.map(({ id }) => id),
    text.fields,
  );
  for (const { id, choices } of tickets.fields)
    compare(['fields', id, 'choices'], choices ?? [], text.fields[id]?.choices ?? {});
  compare(['asks'], tickets.fields.find(({ id }) => id === 'ask')?.choices ?? [], text.asks);
  const values = new Set([
    ...tickets.fields.map(({ id }) => camelCase(id)),
    ...[...questions.keys()].map(camelCase),
    ...computedValues,
  ]);
  const placed = (path: readonly PropertyKey[], sentence: Sentence) => {
    for (const name of sentence.placeholders)
      if (!values.has(name)) problems.push(at(file, path, `nothing fills {${name}}${closest(name, values)}`));
  };
  for (const [ask, { short, request }] of Object.entries(text.asks))
    for (const sentence of [short, request]) placed(['asks', ask], sentence);
  for (const part of ['head', 'sections'] as const)
    for (const [index, { parts }] of text[part].entries())
      for (const sentence of parts) placed([part, index, 'parts'], sentence);
  for (const sentence of [text.subject.tag, ...text.subject.parts]) placed(['subject'], sentence);
  for (const sentence of [text.opening.customer, text.opening.msp]) placed(['opening'], sentence);
  for (const sentence of text.closing) placed(['closing'], sentence);
  return problems;
}
