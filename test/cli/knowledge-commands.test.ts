import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shippedKnowledge } from '../../adapters/knowledge-files.ts';
import { runProgram, spawnProgram } from '../support/spawned.ts';

const licence = (...args: readonly string[]) => runProgram(['adapters/cli/main.ts', ...args], '');

let folder: string;
let copy: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'knowledge-'));
  copy = join(folder, 'copy');
  cpSync(shippedKnowledge, copy, { recursive: true });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function edit(file: string, from: string, to: string): void {
  const text = readFileSync(join(copy, file), 'utf8');
  if (!text.includes(from)) throw new Error(`${file} has no ${from}: the test changes nothing`);
  writeFileSync(join(copy, file), text.replace(from, to));
}

describe('show', () => {
  test('shows a code as text, in the language asked for', async () => {
    const { code, output } = await licence('show', '0xc004fc07', '--locale=ja');
    expect(code).toBe(0);
    expect(output).toContain('0xC004FC07');
    expect(output).toMatch(/DISM \/online \/Get-CurrentEdition[\s\S]*\[.+\]/);
  });

  test('shows what Slack is sent', async () => {
    const { output } = await licence('show', 'evaluation-expired', '--as=slack');
    expect(JSON.parse(output)).toMatchObject({ blocks: expect.any(Array), text: expect.any(String) });
  });

  test('shows what Discord is sent', async () => {
    const { output } = await licence('show', '0xC004F074', '--as=discord');
    expect(JSON.parse(output)).toMatchObject({ components: expect.any(Array), allowed_mentions: { parse: [] } });
  });

  test('shows an outcome by its name or with its flow before it', async () => {
    const [alone, inFlow] = [await licence('show', 'open-port'), await licence('show', 'kms/open-port')];
    expect(alone.output).toContain('1688');
    expect(inFlow.output).toBe(alone.output);
  });

  test('says when nothing has the name', async () => {
    const { code, errors } = await licence('show', 'no-such-thing');
    expect(code).toBe(1);
    expect(errors).toContain('Nothing is called no-such-thing');
  });

  test('an unknown form or language gets the usage', async () => {
    expect((await licence('show', '0xC004F074', '--as=teams')).code).toBe(2);
    expect((await licence('show', '0xC004F074', '--locale=fr')).code).toBe(2);
  });
});

test('coverage counts codes, languages, edges and sources', async () => {
  const { code, output } = await licence('coverage');
  expect(code).toBe(0);
  for (const line of [/^codes +\d+: \d+ in full/m, /^in ja +\d+ codes/m, /^flow kms +\d+ steps, \d+ edges/m, /unused/])
    expect(output).toMatch(line);
});

describe('diff', () => {
  test('says nothing changes between a folder and itself', async () => {
    expect((await licence('diff', shippedKnowledge, copy)).output).toBe('Nothing changes for a reader.\n');
  });

  test('names a changed sentence, route, desk and verdict, and nothing else', async () => {
    edit('text/en/errors/time-based.yaml', 'The time-limited licence is valid', 'The limited licence is valid');
    edit('flows/kms.yaml', 'when: { kms-in-use: [ad] }', 'when: { kms-in-use: [ad, unsure] }');
    edit('cals.yaml', 'free-admins: { count: 2', 'free-admins: { count: 3');
    edit('errors/time-based.yaml', 'desk: none', 'desk: internal');
    const { output } = await licence('diff', shippedKnowledge, copy);
    expect(output).toMatch(/^Codes: 1\n {2}~ 0x4004FC04:\n.*desk none.*\n.*desk internal/m);
    expect(output).toMatch(/^Routes: 1\n {2}~ kms kms-in-use:/m);
    expect(output).toMatch(/^Sentences: 1\n {2}~ text\/en\/errors\/time-based.yaml codes.0x4004FC04.title:/m);
    expect(output).toMatch(/^Verdicts: 1\n {2}cal-covers-server: .*admins 2\) → .*admins 3\) in \d+ case/m);
    expect(output).not.toMatch(/^Outcomes/m);
  });
});

describe('diff of what is understood', () => {
  test('names changed sayings, topics, products and ticket rules', async () => {
    edit('symptoms.yaml', 'no activations left on the MAK', 'no activations are left on the MAK');
    edit('topics.yaml', 'flow: cal', 'flow: rds');
    edit('products.yaml', 'names: [', 'names: [some other name, ');
    edit('tickets.yaml', 'id: impact, kind: paragraph, max: 300', 'id: impact, kind: paragraph, max: 400');
    const { output } = await licence('diff', shippedKnowledge, copy);
    expect(output).toMatch(/^Situations: 1\n {2}~ mak-used-up sayings en:/m);
    expect(output).toMatch(/^Topics: 1\n {2}~ \S+ flow:\n.*cal\n.*rds/m);
    expect(output).toMatch(/^Products: 1\n {2}~ \S+ names:/m);
    expect(output).toMatch(/^Tickets: 1\n {2}~ impact max:\n.*300\n.*400/m);
  });
});

describe('KNOWLEDGE_DIR', () => {
  const withOverlay = (overlay: string, ...args: readonly string[]) =>
    spawnProgram(['adapters/cli/main.ts', ...args], { KNOWLEDGE_DIR: overlay }).ended;

  test('its sentences are used, and its faults are reported in its own files', async () => {
    const overlay = join(folder, 'ours');
    const file = join(overlay, 'text/en/errors/time-based.yaml');
    mkdirSync(join(overlay, 'text/en/errors'), { recursive: true });
    writeFileSync(file, 'codes:\n  "0xC004FC07":\n    title: Ask Ms Sato\n');
    expect((await withOverlay(overlay, 'lookup', '0xC004FC07')).output).toContain('Ask Ms Sato');
    writeFileSync(file, 'codes:\n  "0xC004FC07":\n    titel: Ask Ms Sato\n');
    const { code, errors } = await withOverlay(overlay, 'check');
    expect(code).toBe(1);
    expect(errors).toContain(`${file}:3:5 `);
  });

  test('a folder that is not there is an error the operator understands', async () => {
    const { code, errors } = await withOverlay(join(folder, 'nowhere'), 'check');
    expect(code).toBe(1);
    expect(errors).toMatch(/nowhere cannot be read/);
  });
});
