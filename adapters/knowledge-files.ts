import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../src/errors.ts';
import type { KnowledgeFiles, Overlay } from '../src/knowledge/reader.ts';

/** The knowledge that ships with the program. */
export const shippedKnowledge = fileURLToPath(new URL('../knowledge', import.meta.url));

/** Where the knowledge is read: what ships, and the team's own folder (`KNOWLEDGE_DIR`) over it, where there is one. */
export interface KnowledgeFolders {
  readonly shipped: string;
  readonly overlay: string | undefined;
}

/** The texts of both. */
export interface KnowledgeTexts {
  readonly files: KnowledgeFiles;
  readonly overlay: Overlay | undefined;
}

/** Editors and mounted volumes keep their own files beside ours, under names that begin with a dot. */
const hidden = /(^|[\\/])\./;

/** Reads both folders. Throws ConfigError where one cannot be read. */
export function readKnowledgeFolders({ shipped, overlay = '' }: KnowledgeFolders): KnowledgeTexts {
  return {
    files: readKnowledgeFiles(shipped),
    overlay: overlay === '' ? undefined : { folder: overlay, files: readKnowledgeFiles(overlay) },
  };
}

/** Reads every YAML file under a folder, by its path inside the folder with forward slashes; hidden ones are left out. */
export function readKnowledgeFiles(folder: string): KnowledgeFiles {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.yaml') && !hidden.test(name),
    );
    return new Map(names.map((name) => [name.replaceAll('\\', '/'), readFileSync(join(folder, name), 'utf8')]));
  } catch (cause) {
    throw new ConfigError(`The knowledge folder ${folder} cannot be read: name an existing folder in KNOWLEDGE_DIR`, {
      cause,
    });
  }
}
