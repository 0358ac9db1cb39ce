import { staleEntries } from '../../src/knowledge/check/staleness.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { locales } from '../../src/text/locale.ts';
import type { Command } from './command.ts';
import { knowledgeFor } from './knowledge.ts';

/** `coverage`: how much there is of everything, and what rests unused or grows old. */
export const coverage: Command = async (_args, io) => {
  const knowledge = await knowledgeFor(io);
  const today = new Date().toISOString().slice(0, 10);
  const rows = [
    ...codeRows(knowledge),
    ...languageRows(knowledge),
    ...flowRows(knowledge),
    ['rules', `${knowledge.rules.size}, ${unsourced(knowledge)} of them unsourced`],
    ['symptoms', `${knowledge.symptoms.size}`],
    ...sourceRows(knowledge),
    ['older than a year', listed(staleEntries(knowledge, today).map(({ file, entry }) => `${file} ${entry}`))],
  ];
  io.output.write(`${rows.map(([name = '', value]) => `${name.padEnd(26)} ${value}`).join('\n')}\n`);
  return 0;
};

function codeRows({ codes }: Knowledge): readonly string[][] {
  const families = Map.groupBy(codes.values(), ({ family }) => family);
  const count = (all: readonly { readonly detail: string }[]) => {
    const full = all.filter(({ detail }) => detail === 'full').length;
    return `${all.length}: ${full} in full, ${all.length - full} by their family`;
  };
  return [['codes', count([...codes.values()])], ...[...families].map(([family, all]) => [`  ${family}`, count(all)])];
}

function languageRows({ texts }: Knowledge): readonly string[][] {
  return locales.map((locale) => {
    const { errors, flows, symptoms, rules } = texts[locale];
    const codes = [...errors.values()].flatMap(({ codes }) => Object.keys(codes)).length;
    const outcomes = [...flows.values()].flatMap(({ outcomes }) => Object.keys(outcomes)).length;
    return [
      `in ${locale}`,
      `${codes} codes, ${outcomes} outcomes, ${Object.keys(symptoms).length} symptoms, ${Object.keys(rules.rules).length} rules`,
    ];
  });
}

function flowRows({ flows }: Knowledge): readonly string[][] {
  return [...flows.values()].map(({ flow, steps, outcomes }) => {
    const edges = Object.values(steps).flatMap(({ next }) => next).length;
    return [
      `flow ${flow}`,
      `${Object.keys(steps).length} steps, ${edges} edges, ${Object.keys(outcomes).length} outcomes`,
    ];
  });
}

function unsourced({ rules }: Knowledge): number {
  return [...rules.values()].filter(({ confidence }) => confidence === 'unsourced').length;
}

/** A source is used where any entry of any table names it. */
function sourceRows({ texts: _texts, sources, ...tables }: Knowledge): readonly string[][] {
  const used = new Set(Object.values(tables).flatMap(sourcesIn));
  const unused = [...sources.keys()].filter((id) => !used.has(id));
  const official = [...sources.values()].filter((source) => source.official).length;
  return [
    ['sources', `${sources.size}: ${official} official`],
    ['  unused', listed(unused)],
  ];
}

function sourcesIn(value: unknown): readonly string[] {
  if (value instanceof Map) return [...value.values()].flatMap(sourcesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === 'sources' && Array.isArray(each) ? each.map(String) : sourcesIn(each),
  );
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : `${names.length}: ${names.join(', ')}`;
}
