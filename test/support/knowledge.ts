import { keyExpander } from '../../adapters/expand-key.ts';
import { readKnowledgeFiles, shippedKnowledge as shippedFolder } from '../../adapters/knowledge-files.ts';
import { loadKnowledge } from '../../adapters/load-knowledge.ts';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { KnowledgeFiles } from '../../src/knowledge/reader.ts';

let loaded: Knowledge | undefined;
let files: KnowledgeFiles | undefined;

/** The knowledge that ships, parsed once for each test file. */
export function shippedKnowledge(): Knowledge {
  loaded ??= loadKnowledge();
  return loaded;
}

/** The texts of the knowledge that ships, to break a copy of them. */
export function shippedFiles(): KnowledgeFiles {
  files ??= readKnowledgeFiles(shippedFolder);
  return files;
}

export const expandKey = keyExpander(shippedKnowledge);
