import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { type Locale, localeOf, locales } from '../../src/text/locale.ts';
import type { CommandIo } from './command.ts';

/** One question of a script. */
export interface Query {
  readonly text: string;
  readonly locale: Locale;
}

const Line = z.object({ id: z.union([z.string(), z.number()]), text: z.string(), locale: z.enum(locales).optional() });

/**
 * Answers JSON Lines (`{"id", "text", "locale"?}`) one by one, in order, as they come. A line that is none is answered in
 * its place with an `error`; the exit code stays 0.
 */
export async function answerLines(io: CommandIo, answer: (query: Query) => object): Promise<number> {
  for await (const line of createInterface({ input: io.input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    if (!io.output.write(`${JSON.stringify(answerLine(line, answer))}\n`)) await once(io.output, 'drain');
  }
  return 0;
}

function answerLine(line: string, answer: (query: Query) => object): object {
  const parsed = parseJson(line);
  const result = Line.safeParse(parsed);
  if (!result.success) {
    const id = z.object({ id: z.union([z.string(), z.number()]) }).safeParse(parsed).data?.id ?? null;
    return { id, error: 'send one JSON object a line: {"id": "1", "text": "0xC004FC07", "locale": "en"}' };
  }
  const { id, text, locale = localeOf(text) ?? 'en' } = result.data;
  return { id, locale, ...answer({ text, locale }) };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Runs a query command: over standard input with `--json` and no text, else over the text in the arguments. */
export async function runQueries(
  args: readonly string[],
  io: CommandIo,
  answer: (query: Query) => object,
  show: (query: Query) => string,
): Promise<number> {
  const json = args.includes('--json');
  const option = args.find((arg) => arg.startsWith('--locale='))?.slice('--locale='.length);
  const text = args.filter((arg) => !arg.startsWith('--')).join(' ');
  if (json && text === '') return answerLines(io, answer);
  const query = {
    text: text === '' ? await readAll(io) : text,
    locale: locales.find((locale) => locale === option) ?? localeOf(text) ?? 'en',
  };
  io.output.write(
    json ? `${JSON.stringify({ id: null, locale: query.locale, ...answer(query) })}\n` : `${show(query)}\n`,
  );
  return 0;
}

async function readAll({ input }: CommandIo): Promise<string> {
  const chunks: string[] = [];
  for await (const chunk of input.setEncoding('utf8')) chunks.push(String(chunk));
  return chunks.join('');
}
