import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import { loadKeptKnowledge } from '../kept-knowledge.ts';
import { shippedKnowledge } from '../knowledge-files.ts';
import type { CommandIo } from './command.ts';

/** The knowledge a command works with: what ships under the `KNOWLEDGE_DIR` of its environment. */
export function knowledgeFor({ environment }: Pick<CommandIo, 'environment'>): Promise<Knowledge> {
  return loadKeptKnowledge({ shipped: shippedKnowledge, overlay: environment.KNOWLEDGE_DIR });
}
