import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadKeptKnowledge } from '../../adapters/kept-knowledge.ts';
import { shippedKnowledge } from '../../adapters/knowledge-files.ts';
import { KnowledgeError } from '../../src/errors.ts';
import { shippedKnowledge as parsed } from '../support/knowledge.ts';

let folder: string;
let shipped: string;
let kept: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-knowledge-'));
  shipped = join(folder, 'shipped');
  kept = join(folder, 'cache', 'knowledge');
  cpSync(shippedKnowledge, shipped, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const load = (overlay?: string) => loadKeptKnowledge({ shipped, overlay }, kept);
const titleIn = async (overlay?: string) =>
  (await load(overlay)).texts.en.errors.get('time-based')?.codes['0xC004FC07']?.title;
const written = () => statSync(kept).ino;

test('the second start takes what the first one kept, and it is the same knowledge', async () => {
  expect(await load()).toEqual(parsed());
  const first = written();
  expect(await load()).toEqual(parsed());
  expect(written()).toBe(first);
});

test('a changed sentence is read again, though the file has the length and the time it had', async () => {
  const before = await titleIn();
  const file = join(shipped, 'text/en/errors/time-based.yaml');
  const { atime, mtime } = statSync(file);
  writeFileSync(file, readFileSync(file, 'utf8').replace(`title: ${before}`, `title: ${before?.toUpperCase()}`));
  utimesSync(file, atime, mtime);
  expect(await titleIn()).toBe(before?.toUpperCase());
});

test("a team's own files are part of what is kept", async () => {
  const before = await titleIn();
  const overlay = join(folder, 'ours');
  mkdirSync(join(overlay, 'text/en/errors'), { recursive: true });
  writeFileSync(join(overlay, 'text/en/errors/time-based.yaml'), 'codes:\n  "0xC004FC07":\n    title: Ours\n');
  expect(await titleIn(overlay)).toBe('Ours');
  expect(await titleIn()).toBe(before);
});

test('a file that is broken now is refused, whatever was kept before', async () => {
  await load();
  writeFileSync(join(shipped, 'cals.yaml'), 'cals: 3\n');
  await expect(load()).rejects.toThrow(KnowledgeError);
});

test('knowledge that was refused is not kept', async () => {
  writeFileSync(join(shipped, 'cals.yaml'), 'cals: 3\n');
  await expect(load()).rejects.toThrow(KnowledgeError);
  expect(existsSync(kept)).toBe(false);
});

test('a damaged file is made again', async () => {
  await load();
  const bytes = readFileSync(kept);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  for (const damaged of [bytes, bytes.subarray(0, 1_000), Buffer.alloc(0)]) {
    writeFileSync(kept, damaged);
    expect((await load()).codes.size).toBe(parsed().codes.size);
  }
});

test('where nothing can be written, the knowledge is there all the same', async () => {
  writeFileSync(join(folder, 'cache'), 'a file where the folder should be');
  expect((await load()).codes.size).toBe(parsed().codes.size);
});
