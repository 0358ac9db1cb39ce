import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas, schemaLine } from '../../src/knowledge/schema/files.ts';
import { readKnowledgeFiles, shippedKnowledge } from '../knowledge-files.ts';
import type { Command } from './command.ts';

const folder = 'schemas';

/** `schemas`: writes the JSON schemas of the knowledge anew, and the line that names its schema into every file without one. */
export const schemas: Command = async (_args, { output }) => {
  mkdirSync(join(shippedKnowledge, folder), { recursive: true });
  const all = jsonSchemas();
  for (const [name, schema] of all)
    writeFileSync(join(shippedKnowledge, folder, name), `${JSON.stringify(schema, undefined, 2)}\n`);
  let named = 0;
  for (const file of readKnowledgeFiles(shippedKnowledge).keys()) {
    const line = schemaLine(file);
    const path = join(shippedKnowledge, file);
    const text = readFileSync(path, 'utf8');
    if (line === undefined || text.startsWith(line)) continue;
    writeFileSync(path, `${line}\n${text}`);
    named += 1;
  }
  output.write(`${all.size} schemas written, ${named} files told theirs.\n`);
  return 0;
};
