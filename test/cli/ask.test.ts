import { readFileSync } from 'node:fs';
import { Readable, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ask } from '../../adapters/cli/ask.ts';

const Answer = z.object({
  id: z.union([z.string(), z.number()]),
  locale: z.enum(['en', 'ja']),
  codes: z.array(z.string()),
  intent: z.string(),
  matches: z.array(z.object({ id: z.string(), score: z.number() })),
  prefilled: z.record(z.string(), z.union([z.string(), z.number()])),
  refused: z.boolean(),
  reply: z.string().min(1),
  next: z.object({ flow: z.string(), step: z.string() }).nullable(),
});

/** Runs `ask --json` over questions, one a line. */
async function askAll(texts: readonly string[]): Promise<readonly z.infer<typeof Answer>[]> {
  const written: string[] = [];
  const output = new Writable({
    write(chunk, _encoding, done) {
      written.push(String(chunk));
      done();
    },
  });
  const input = Readable.from(texts.map((text, id) => `${JSON.stringify({ id, text })}\n`));
  expect(await ask(['--json'], { input, output, errors: output, environment: {} })).toBe(0);
  return written
    .join('')
    .trim()
    .split('\n')
    .map((line) => Answer.parse(JSON.parse(line)));
}

const Question = z.object({ text: z.string(), intent: z.string(), best: z.string().nullable(), starts: z.string() });
const questions = readFileSync(new URL('../fixtures/questions.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => Question.parse(JSON.parse(line)));

describe('thirty questions in both languages', async () => {
  const answers = await askAll(questions.map(({ text }) => text));

  test.each(questions.map((question, index) => ({ ...question, answer: answers[index] })))(
    '$text',
    ({ intent, best, starts, answer }) => {
      expect(answer?.intent).toBe(intent);
      expect(answer?.matches[0]?.id ?? null).toBe(best);
      expect(answer?.reply.startsWith(starts), answer?.reply).toBe(true);
    },
  );

  test('no reply is longer than a chat message may be', () => {
    expect(answers.filter(({ reply }) => reply.length > 4000)).toEqual([]);
  });
});

describe('what people ask, in their own words', async () => {
  const asked = readFileSync(new URL('../fixtures/asked.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => z.object({ text: z.string(), intent: z.string() }).parse(JSON.parse(line)));
  const answers = await askAll(asked.map(({ text }) => text));

  test.each(asked.map(({ text, intent }, index) => ({ text, intent, answer: answers[index] })))(
    '$text: $intent',
    ({ intent, answer }) => {
      expect(answer?.intent).toBe(intent);
      expect(answer?.refused).toBe(intent === 'refused');
    },
  );

  test('no reply begins with a yes or a no and nothing else', () => {
    const bare = /^(?:Yes|No|It depends|I do not know|はい|いいえ|条件によります|わかりません)$/;
    expect(answers.filter(({ reply }) => bare.test(reply.split('\n')[0] ?? ''))).toEqual([]);
  });
});

test('a line says what was understood and where the diagnosis goes on', async () => {
  const [answer] = await askAll(['can 2022 CALs be used with 2019?']);
  expect(answer).toMatchObject({
    id: 0,
    locale: 'en',
    codes: [],
    intent: 'cal-covers',
    prefilled: { 'cal-version': '2022', 'server-version': '2019' },
    refused: false,
    next: { flow: 'cal' },
  });
});

test('matches come best first, and a refused request has none', async () => {
  const [described, refused] = await askAll(['0xC004F074 firewall blocks port 1688', 'how to crack windows server']);
  expect(described?.matches.map(({ score }) => score)).toEqual(
    described?.matches.map(({ score }) => score).toSorted((a, b) => b - a),
  );
  expect(described?.matches[0]?.id).toBe('0xC004F074');
  expect(refused).toMatchObject({ refused: true, matches: [], next: null });
});

test('a megabyte of text is answered with a word', async () => {
  const [answer] = await askAll(['0xC004F074 '.repeat(100_000)]);
  expect(answer).toMatchObject({ intent: 'too-long', codes: [] });
  expect(answer?.reply.length).toBeLessThan(300);
});
