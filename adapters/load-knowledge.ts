import { flowPolicies } from '../src/conversation/policies.ts';
import type { Knowledge } from '../src/knowledge/knowledge.ts';
import { parseKnowledge } from '../src/knowledge/parse.ts';
import { type KnowledgeTexts, readKnowledgeFolders, shippedKnowledge } from './knowledge-files.ts';

/**
 * Loads the knowledge that ships, or another folder's, with a team's own folder laid over it.
 * Throws KnowledgeError with the full report, or ConfigError where a folder cannot be read.
 */
export function loadKnowledge(shipped = shippedKnowledge, overlay?: string): Knowledge {
  return soundKnowledge(readKnowledgeFolders({ shipped, overlay }));
}

/** Parses and checks what was read. Throws KnowledgeError with the full report. */
export function soundKnowledge({ files, overlay }: KnowledgeTexts): Knowledge {
  return parseKnowledge(files, flowPolicies, overlay);
}
