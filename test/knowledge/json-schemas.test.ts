import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { CORE_SCHEMA, load } from 'js-yaml';
import { expect, test } from 'vitest';
import { shippedKnowledge } from '../../adapters/knowledge-files.ts';
import { jsonSchemas, schemaLine } from '../../src/knowledge/schema/files.ts';
import { shippedFiles } from '../support/knowledge.ts';

const folder = join(shippedKnowledge, 'schemas');

test('the committed schemas are those of the program: write them anew with `npm run licence -- schemas`', () => {
  const generated = jsonSchemas();
  expect(readdirSync(folder).toSorted()).toEqual([...generated.keys()].toSorted());
  for (const [name, schema] of generated)
    expect(JSON.parse(readFileSync(join(folder, name), 'utf8')), name).toEqual(JSON.parse(JSON.stringify(schema)));
});

test('every file of the knowledge opens with the line that tells an editor its schema', () => {
  const first = [...shippedFiles()].map(([file, text]) => [file, text.split('\n')[0]]);
  expect(first).toEqual([...shippedFiles().keys()].map((file) => [file, schemaLine(file)]));
});

test('an editor finds nothing wrong with any file that ships', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  const validators = new Map([...jsonSchemas()].map(([name, schema]) => [name, ajv.compile(schema)]));
  for (const [file, text] of shippedFiles()) {
    const validate = validators.get(schemaLine(file)?.split('/').at(-1) ?? '');
    expect(validate?.(load(text, { schema: CORE_SCHEMA })), `${file}: ${JSON.stringify(validate?.errors)}`).toBe(true);
  }
});
