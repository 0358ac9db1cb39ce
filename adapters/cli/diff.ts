import { sentencesOf } from '../../src/knowledge/check/sentences.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { changedVerdicts } from '../../src/licensing/compare-verdicts.ts';
import type { Verdict } from '../../src/licensing/verdict.ts';
import { loadKnowledge } from '../load-knowledge.ts';
import type { Command } from './command.ts';

/** `diff <old folder> <new folder>`: what changes for a reader between two whole folders of knowledge; nothing else is shown. */
export const diff: Command = async ([before, after], io) => {
  if (before === undefined || after === undefined) {
    io.errors.write('diff <old folder> <new folder>\n');
    return 2;
  }
  const [old, next] = [loadKnowledge(before), loadKnowledge(after)];
  const sections = [
    section('Codes', changesIn(codesOf(old), codesOf(next))),
    section('Routes', changesIn(routesOf(old), routesOf(next))),
    section('Outcomes', changesIn(outcomesOf(old), outcomesOf(next))),
    section('Situations', changesIn(entriesOf(old.symptoms.values()), entriesOf(next.symptoms.values()))),
    section('Topics', changesIn(entriesOf(old.topics.values()), entriesOf(next.topics.values()))),
    section('Products', changesIn(entriesOf(old.products.products), entriesOf(next.products.products))),
    section('Tickets', changesIn(ticketsOf(old), ticketsOf(next))),
    section('Sentences', changesIn(textsOf(old), textsOf(next))),
    section('Verdicts', verdictsBetween(old, next)),
  ];
  io.output.write(sections.join('') || 'Nothing changes for a reader.\n');
  return 0;
};

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${title}: ${lines.length}\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

type Shown = ReadonlyMap<string, string>;

function changesIn(before: Shown, after: Shown): readonly string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name) => {
    const [old, next] = [before.get(name), after.get(name)];
    if (old === next) return [];
    if (old === undefined) return [`+ ${name}: ${next}`];
    return next === undefined ? [`- ${name}: ${old}`] : [`~ ${name}:\n      - ${old}\n      + ${next}`];
  });
}

function codesOf({ codes }: Knowledge): Shown {
  return new Map(
    [...codes.values()].map(({ code, family, detail, desk, path, sources }) => [
      code,
      `family ${family}, detail ${detail}, desk ${desk}, path ${path}, sources ${sources.join(' ')}`,
    ]),
  );
}

function routesOf({ flows }: Knowledge): Shown {
  return new Map(
    [...flows.values()].flatMap(({ flow, start, steps }) => [
      [`${flow} start`, start] as const,
      ...Object.entries(steps).map(([id, { next, ...asked }]) => {
        const routes = next.map(({ when, go, flow: to }) => `${conditions(when)} → ${go ?? `flow ${to}`}`);
        const asks = Object.entries(asked).map(([kind, what]) => `${kind} ${what}`);
        return [`${flow} ${id}`, [...asks, ...routes].join('; ')] as const;
      }),
    ]),
  );
}

function conditions(when: Readonly<Record<string, readonly string[]>> = {}): string {
  const all = Object.entries(when).map(([question, values]) => `${question} ${values.join('|')}`);
  return all.join(' and ') || 'otherwise';
}

function outcomesOf({ flows }: Knowledge): Shown {
  return new Map(
    [...flows.values()].flatMap(({ flow, outcomes }) =>
      Object.entries(outcomes).map(([id, { ends, desk, offers, verdict }]) => [
        `${flow} ${id}`,
        `ends ${ends}, desk ${desk}, offers ${offers ?? 'nothing'}, verdict of ${verdict ?? 'nothing'}`,
      ]),
    ),
  );
}

function textsOf({ texts }: Knowledge): Shown {
  return new Map(sentencesOf(texts).map(({ file, path, whole }) => [`${file} ${path.map(String).join('.')}`, whole]));
}

/** Each value of each entry, under the entry's id and the keys that lead to it. A list of words is one value. */
function entriesOf(entries: Iterable<{ readonly id: string }>): Shown {
  return new Map([...entries].flatMap(({ id, ...entry }) => valuesIn(entry, id)));
}

function ticketsOf({ tickets: { fields, ...rules } }: Knowledge): Shown {
  return new Map([...entriesOf(fields), ...valuesIn(rules, '')]);
}

function valuesIn(value: unknown, name: string): readonly (readonly [string, string])[] {
  if (typeof value !== 'object' || value === null) return [[name, String(value)]];
  if (Array.isArray(value))
    return [[name, value.map((each) => (typeof each === 'object' ? JSON.stringify(each) : String(each))).join(', ')]];
  return Object.entries(value).flatMap(([key, inner]) => valuesIn(inner, `${name} ${key}`.trim()));
}

/** One line a rule pair, with an example: one corrected table row turns hundreds of cases alike. */
function verdictsBetween(before: Knowledge, after: Knowledge): readonly string[] {
  const changed = changedVerdicts(before, after, new Date().toISOString());
  const alike = Map.groupBy(changed, (each) => `${each.policy}: ${shown(each.before)} → ${shown(each.after)}`);
  return [...alike].map(([change, cases]) => {
    const example = [...(cases[0]?.facts ?? [])].map(([question, answer]) => `${question} ${answer}`).join(', ');
    return `${change} in ${cases.length} case(s), such as ${example}`;
  });
}

function shown({ verdict, rule, values }: Verdict): string {
  const filled = Object.entries(values).map(([name, value]) => `${name} ${value}`);
  return `${verdict} (${[rule, ...filled].join(', ')})`;
}
