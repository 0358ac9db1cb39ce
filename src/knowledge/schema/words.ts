import { z } from 'zod';
import { Id } from './ids.ts';

export const commands = ['back', 'person', 'summary', 'start-over', 'stand', 'en', 'ja'] as const;
export type Command = (typeof commands)[number];

const wordList = z.array(z.string().min(1)).min(1);

/** `knowledge/words.yaml`: how people say things, in both languages side by side. Compared without case and width. */
export const Words = z.strictObject({
  commands: z.strictObject(
    Object.fromEntries(commands.map((command) => [command, wordList])) as Record<Command, typeof wordList>,
  ),
  /** Words for a choice wherever it is offered. */
  choices: z.record(z.string(), wordList),
  /** Words for a choice of one question only. */
  questions: z.record(Id, z.record(z.string(), wordList)),
  negations: wordList,
  /** What may stand before and after a number that is an answer; with anything else around it, it is asked again. */
  numbers: z.strictObject({ before: wordList, after: wordList }),
});
export type Words = z.infer<typeof Words>;
