import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Flow, Route } from '../../src/knowledge/schema/flow.ts';
import { type Locale, locales } from '../../src/text/locale.ts';
import { fill, type Sentence } from '../../src/text/sentence.ts';
import { spansToText } from '../../src/text/span.ts';
import type { Command } from './command.ts';
import { knowledgeFor } from './knowledge.ts';

/** `flow <name> [--locale=ja]`: draws a flow as Mermaid, every edge with the answers that take it. */
export const flow: Command = async (args, io) => {
  const knowledge = await knowledgeFor(io);
  const [name = ''] = args.filter((arg) => !arg.startsWith('--'));
  const locale = locales.find((each) => args.includes(`--locale=${each}`)) ?? 'en';
  const found = knowledge.flows.get(name);
  if (found === undefined) {
    io.errors.write(`Name a flow: ${[...knowledge.flows.keys()].join(', ')}\n`);
    return 2;
  }
  io.output.write(`${drawFlow(knowledge, found, locale)}\n`);
  return 0;
};

function drawFlow(knowledge: Knowledge, { flow: name, start, steps, outcomes }: Flow, locale: Locale): string {
  const texts = knowledge.texts[locale];
  const lines = ['flowchart TD', `  begin(( )) --> ${start}`];
  for (const [id, step] of Object.entries(steps)) {
    const questions = step.form ?? [step.ask ?? id];
    const label =
      step.policy === undefined
        ? questions.map((question) => words(texts.questions[question]?.ask) || question).join(' + ')
        : step.policy;
    lines.push(step.policy === undefined ? `  ${id}["${label}"]` : `  ${id}[["${label}"]]`);
    for (const route of step.next)
      lines.push(`  ${id} -->|"${edgeLabel(knowledge, route, locale)}"| ${route.go ?? `flow-${route.flow}`}`);
  }
  for (const id of Object.keys(outcomes))
    lines.push(`  ${id}(["${words(texts.flows.get(name)?.outcomes[id]?.title) || id}"])`);
  const others = new Set(Object.values(steps).flatMap((step) => step.next.flatMap((route) => route.flow ?? [])));
  for (const other of others) lines.push(`  flow-${other}[/"${texts.flows.get(other)?.title ?? other}"/]`);
  return lines.join('\n');
}

function edgeLabel(knowledge: Knowledge, { when }: Route, locale: Locale): string {
  if (when === undefined) return locale === 'ja' ? 'それ以外' : 'otherwise';
  const { questions, interface: phrases } = knowledge.texts[locale];
  const value = (question: string, each: string) =>
    each === 'unsure' ? words(phrases.unsure) : (questions[question]?.choices?.[each] ?? each);
  return Object.entries(when)
    .map(
      ([question, values]) =>
        `${questions[question]?.name ?? question}: ${values.map((each) => value(question, each)).join(' / ')}`,
    )
    .join('; ');
}

/** Mermaid reads a double quote as the end of a label. */
function words(sentence: Sentence | undefined): string {
  return sentence === undefined ? '' : spansToText(fill(sentence)).replaceAll('"', "'");
}
