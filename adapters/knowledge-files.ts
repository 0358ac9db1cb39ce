import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigError } from '../src/errors.ts';
import type { KnowledgeFiles } from '../src/knowledge/reader.ts';

/** The knowledge that ships with the program. */
export const shippedKnowledge = fileURLToPath(new URL('../knowledge', import.meta.url));

/** Editors and mounted volumes keep their own files beside ours, under names that begin with a dot. */
const hidden = /(^|[\\/])\./;

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
