import { EventEmitter, once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { shippedKnowledge } from '../../adapters/knowledge-files.ts';
import { createKnowledge, type LiveKnowledge } from '../../adapters/knowledge-watch.ts';
import { KnowledgeError } from '../../src/errors.ts';
import type { Log } from '../../src/ports/log.ts';

let folder: string;
let overlay: string;
let live: LiveKnowledge | undefined;
const logged = new EventEmitter();
const emit = (level: string) => (_fields: unknown, message: string) => void logged.emit(level, message);
const log: Log = { info: emit('info'), warn: emit('warn'), error: (_, message) => void logged.emit('broken', message) };

const title = () => live?.current().texts.en.errors.get('time-based')?.codes['0xC004FC07']?.title;
const sentence = (words: string) => `codes:\n  "0xC004FC07":\n    title: ${words}\n`;
const own = () => join(overlay, 'text/en/errors/time-based.yaml');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'knowledge-'));
  overlay = join(folder, 'ours');
  cpSync(shippedKnowledge, join(folder, 'shipped'), { recursive: true });
  mkdirSync(join(overlay, 'text/en/errors'), { recursive: true });
});

afterEach(() => {
  live?.stop();
  live = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const start = async () => {
  live = await createKnowledge({ shipped: join(folder, 'shipped'), overlay }, log);
};

test('a changed file is in use soon after, and a broken one leaves the old knowledge, with the full report in the log', async () => {
  await start();
  expect(title()).not.toBe('Ours');

  const read = once(logged, 'info');
  writeFileSync(own(), sentence('Ours'));
  await read;
  expect(title()).toBe('Ours');

  const refused = once(logged, 'broken');
  writeFileSync(own(), `${sentence('Ours')}    meening: typo\nfamily: 3\n`);
  const [report] = await refused;
  expect(report).toContain(`${own()}:4:5 `);
  expect(report).toContain(`${own()}:5:1 `);
  expect(title()).toBe('Ours');

  const again = once(logged, 'info');
  writeFileSync(own(), sentence('Mended'));
  await again;
  expect(title()).toBe('Mended');
});

test('files in folders made later, files put in place by renaming, and files of the editor itself', async () => {
  rmSync(join(overlay, 'text'), { recursive: true });
  await start();
  const read = once(logged, 'info');
  mkdirSync(join(overlay, 'text/en/errors'), { recursive: true });
  writeFileSync(own(), sentence('Made later'));
  await read;
  expect(title()).toBe('Made later');

  const again = once(logged, 'info');
  writeFileSync(`${own()}~`, sentence('Renamed'));
  symlinkSync('someone@nowhere', join(overlay, 'text/en/errors/.#time-based.yaml'));
  renameSync(`${own()}~`, own());
  await again;
  expect(title()).toBe('Renamed');
});

test('a file that is taken away gives way to the one that ships', async () => {
  writeFileSync(own(), sentence('Ours'));
  await start();
  const read = once(logged, 'info');
  rmSync(own());
  await read;
  expect(title()).not.toBe('Ours');
});

test('the folder that ships is watched too', async () => {
  await start();
  const read = once(logged, 'info');
  const file = join(folder, 'shipped/text/en/errors/time-based.yaml');
  cpSync(join(shippedKnowledge, 'text/en/errors/time-based.yaml'), file);
  await read;
  expect(title()).toBeDefined();
});

test('without an own folder, the shipped one is used alone', async () => {
  live = await createKnowledge({ shipped: join(folder, 'shipped'), overlay: undefined }, log);
  expect(live.current().codes.size).toBeGreaterThan(500);
});

test('a broken overlay at the start refuses to start', async () => {
  writeFileSync(own(), 'codes: 3\n');
  await expect(start()).rejects.toThrow(KnowledgeError);
});
