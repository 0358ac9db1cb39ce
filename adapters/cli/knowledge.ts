import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { loadKnowledge } from '../knowledge.ts';
import { shippedKnowledge } from '../knowledge-files.ts';
import type { CommandIo } from './command.ts';

/** The knowledge a command works with: what ships, or another folder, under the `KNOWLEDGE_DIR` of its environment. */
export function knowledgeFor({ environment }: Pick<CommandIo, 'environment'>, folder = shippedKnowledge): Knowledge {
  return loadKnowledge(folder, environment.KNOWLEDGE_DIR);
}
