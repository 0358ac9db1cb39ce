import type { Knowledge } from '../knowledge/knowledge.ts';
import { type CodeReading, readCodes } from './codes.ts';

/** The codes in a text, told from other numbers by what the knowledge holds. In order of appearance, each once. */
export function readKnownCodes(knowledge: Pick<Knowledge, 'codes'>, text: string): readonly CodeReading[] {
  return readCodes(text, knowledge.codes);
}
