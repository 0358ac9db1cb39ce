import { flowPolicies } from '../src/conversation/policies.ts';
import type { Knowledge } from '../src/knowledge/knowledge.ts';
import { parseKnowledge } from '../src/knowledge/parse.ts';
import { readKnowledgeFiles, shippedKnowledge } from './knowledge-files.ts';

/**
 * Loads the knowledge that ships, or another folder's, with a team's own folder (`KNOWLEDGE_DIR`) laid over it.
 * Throws KnowledgeError with the full report, or ConfigError where a folder cannot be read.
 */
export function loadKnowledge(folder = shippedKnowledge, overlay = ''): Knowledge {
  return parseKnowledge(
    readKnowledgeFiles(folder),
    flowPolicies,
    overlay === '' ? undefined : { folder: overlay, files: readKnowledgeFiles(overlay) },
  );
}

/** How renderers turn a published key's id into its text. */
export function keyExpander(knowledge: () => Knowledge): (id: string) => string {
  return (id) => knowledge().editions.keys.find((key) => key.id === id)?.key ?? id;
}
