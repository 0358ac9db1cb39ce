import type { Knowledge } from '../knowledge/knowledge.ts';
import { type Guide, guides } from '../knowledge/schema/guides.ts';
import { type Command, commands } from '../knowledge/schema/words.ts';
import { foldWords } from './phrase.ts';

/** A message that is nothing but a command (`back`, 戻る, `a person please`); undefined otherwise. */
export function readCommand(knowledge: Knowledge, text: string): Command | undefined {
  const folded = foldCommand(text);
  return folded === undefined
    ? undefined
    : commands.find((command) => holds(knowledge.words.commands[command], folded));
}

const guideOf: Readonly<Partial<Record<Command, Guide>>> = { person: 'handoff', summary: 'status', stand: 'status' };

/** The guide a message asks for by its word (`help`, ヘルプ) while there is no conversation; undefined for any other. */
export function readGuide(knowledge: Knowledge, text: string): Guide | undefined {
  const folded = foldCommand(text);
  if (folded === undefined) return undefined;
  const command = readCommand(knowledge, folded);
  const meant = command === undefined ? undefined : guideOf[command];
  return meant ?? guides.find((guide) => holds(knowledge.guides[guide].words, folded));
}

/** No command is longer, in any wording. */
const longestCommand = 60;

function foldCommand(text: string): string | undefined {
  return text.length > longestCommand ? undefined : foldWords(text).replace(/(?<=.)[.!?。！？]+$/, '');
}

function holds(wordings: readonly string[], folded: string): boolean {
  return wordings.some((word) => foldWords(word) === folded);
}
