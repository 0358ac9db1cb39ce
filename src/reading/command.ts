import type { Knowledge } from '../knowledge/knowledge.ts';
import { type Command, commands } from '../knowledge/schema/words.ts';
import { foldWords } from './phrase.ts';

/** A message that is nothing but a command (`back`, 戻る, `a person please`); undefined otherwise. */
export function readCommand(knowledge: Knowledge, text: string): Command | undefined {
  const folded = foldWords(text).replace(/[.!?。！？]+$/, '');
  return commands.find((command) => knowledge.words.commands[command].some((word) => foldWords(word) === folded));
}
