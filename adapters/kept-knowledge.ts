import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deserialize, serialize } from 'node:v8';
import type { Knowledge } from '../src/knowledge/knowledge.ts';
import type { KnowledgeFiles } from '../src/knowledge/reader.ts';
import { type KnowledgeFolders, type KnowledgeTexts, readKnowledgeFolders } from './knowledge-files.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const digestBytes = 32;
/** With the installed packages, so that a new installation begins without. */
const keptFile = join(root, 'node_modules/.cache/licence-desk/knowledge');

/**
 * Loads the knowledge as `loadKnowledge` does, but takes what an earlier start found sound where nothing it came of has changed by a
 * byte: neither the YAML nor the code that reads it. Nothing large is imported then.
 */
export async function loadKeptKnowledge(folders: KnowledgeFolders, file = keptFile): Promise<Knowledge> {
  const texts = readKnowledgeFolders(folders);
  const origin = digestOfOrigin(texts);
  const kept = read(file, origin);
  if (kept !== undefined) return kept;
  const { soundKnowledge } = await import('./load-knowledge.ts');
  const knowledge = soundKnowledge(texts);
  keep(file, origin, knowledge);
  return knowledge;
}

/** Of the YAML, of every line of the core, of the packages that `package.json` pins, and of Node. */
function digestOfOrigin({ files, overlay }: KnowledgeTexts): Buffer {
  const hash = createHash('sha256').update(process.version);
  const add = (name: string, text: string) => hash.update(`\0${name}\0${text.length}\0`).update(text);
  const addAll = (layer: string, each: KnowledgeFiles) => {
    for (const [name, text] of each) add(`${layer}/${name}`, text);
  };
  addAll('files', files);
  if (overlay !== undefined) addAll('overlay', overlay.files);
  for (const name of ['package.json', ...sourceFiles()]) add(name, readFileSync(join(root, name), 'utf8'));
  return hash.digest();
}

function sourceFiles(): readonly string[] {
  return readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join('src', name));
}

/** The file is the digest of the origin, the digest of the rest, and the rest. One that is damaged, or of another origin, is none. */
function read(file: string, origin: Buffer): Knowledge | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return undefined;
  }
  const body = bytes.subarray(2 * digestBytes);
  const digests = Buffer.concat([origin, digestOf(body)]);
  return digests.equals(bytes.subarray(0, 2 * digestBytes)) ? (deserialize(body) as Knowledge) : undefined;
}

/** Where nothing can be written, as in a read-only container, the next start does the work again. */
function keep(file: string, origin: Buffer, knowledge: Knowledge): void {
  const body = serialize(knowledge);
  const unfinished = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(unfinished, Buffer.concat([origin, digestOf(body), body]));
    renameSync(unfinished, file);
  } catch {
    return;
  }
}

function digestOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
