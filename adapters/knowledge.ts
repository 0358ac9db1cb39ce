import { flowPolicies } from '../src/conversation/policies.ts';
import type { Knowledge } from '../src/knowledge/knowledge.ts';
import { parseKnowledge } from '../src/knowledge/parse.ts';
import { readKnowledgeFiles, shippedKnowledge } from './knowledge-files.ts';

/** Loads the knowledge that ships, or another folder's. Throws KnowledgeError with the full report. */
export function loadKnowledge(folder = shippedKnowledge): Knowledge {
  return parseKnowledge(readKnowledgeFiles(folder), flowPolicies);
}

/** How renderers turn a published key's id into its text. */
export function keyExpander(knowledge: () => Knowledge): (id: string) => string {
  return (id) => knowledge().editions.keys.find((key) => key.id === id)?.key ?? id;
}
