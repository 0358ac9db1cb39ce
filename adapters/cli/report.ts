import { stringify } from 'csv-stringify/sync';
import { readConversations } from '../sql/read-conversations.ts';
import type { Command } from './command.ts';
import { withStore } from './open-store.ts';
import { readOptions } from './options.ts';
import { type RequestEnd, type RequestRow, requestEnds, requestRow } from './request-row.ts';

const usage = `npm run --silent licence -- report [--since=<day>] [--csv | --json]
  how the requests opened since that day (all, where none is named) ended, by problem;
  with --csv or --json a row a request. Nobody is named.
`;

/** `report`: what people came with, and what became of it. */
export const report: Command = async (args, io) => {
  const read = readOptions(args, { since: { type: 'string' }, csv: { type: 'boolean' }, json: { type: 'boolean' } });
  const since = new Date(read?.values.since ?? 0);
  if (read === undefined || read.positionals.length > 0 || Number.isNaN(since.getTime())) {
    io.errors.write(usage);
    return 2;
  }
  const { csv, json } = read.values;
  const now = new Date();
  const rows: RequestRow[] = [];
  await withStore(io, async ({ database }) => {
    for await (const conversation of readConversations(database, since)) rows.push(requestRow(conversation, now));
  });
  if (json === true) io.output.write(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  else if (csv === true) io.output.write(stringify(rows, { header: true, escape_formulas: true }));
  else io.output.write(table(rows));
  return 0;
};

function table(rows: readonly RequestRow[]): string {
  if (rows.length === 0) return 'There are no requests.\n';
  const problems = [...Map.groupBy(rows, ({ problem }) => problem)].sort(([, a], [, b]) => b.length - a.length);
  const lines = [
    ['problem', 'requests', ...requestEnds],
    ...[...problems, ['all', rows] as const].map(([name, own]) => [
      name,
      own.length,
      ...requestEnds.map((end) => count(own, end)),
    ]),
  ].map((cells) => cells.map(String));
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => (line[column] ?? '').length)));
  const text = lines.map((line) =>
    line
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  return `${text.join('\n')}\n`;
}

function count(rows: readonly RequestRow[], end: RequestEnd): number {
  return rows.filter((row) => row.end === end).length;
}
