import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lines = readFileSync(join(root, 'Dockerfile'), 'utf8').split('\n');
const copied = lines.flatMap((line) => /^COPY (?!--from)(?<names>.+) \S+$/.exec(line)?.groups?.names?.split(' ') ?? []);

/** The image as a folder: what its COPY lines take, with the production dependencies of the lock file alone. */
let image: string;

beforeAll(() => {
  image = mkdtempSync(join(tmpdir(), 'licence-desk-image-'));
  for (const name of copied) cpSync(join(root, name), join(image, name), { recursive: true });
  for (const name of productionPackages()) {
    const target = join(image, 'node_modules', name);
    execFileSync('mkdir', ['-p', dirname(target)]);
    symlinkSync(join(root, 'node_modules', name), target);
  }
});
afterAll(() => rmSync(image, { recursive: true, force: true }));

/** What `npm ci --omit=dev` installs at the top, as the lock file says. */
function productionPackages(): readonly string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly optional?: boolean }>>;
  };
  return Object.entries(packages).flatMap(([path, entry]) => {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1];
    return name === undefined || entry.dev === true || entry.optional === true ? [] : [name];
  });
}

describe('the container', () => {
  test('takes a pinned official Node 24 and does not run as root', () => {
    expect(lines.filter((line) => line.startsWith('FROM'))).toEqual([
      'FROM node:24-slim AS dependencies',
      'FROM node:24-slim',
    ]);
    expect(lines).toContain('USER node');
    expect(lines).toContain('VOLUME /data');
    expect(lines.some((line) => line.startsWith('HEALTHCHECK'))).toBe(true);
  });

  test('serves from what it copies, and refuses to start without a platform', async () => {
    const command = JSON.parse(
      /^CMD (?<words>.+)$/m.exec(lines.join('\n'))?.groups?.words ?? '[]',
    ) as readonly string[];
    const started = await run(command.slice(1), {});
    expect(started.code).toBe(1);
    expect(started.errors).toContain('No platform is configured');
  });

  test('checks its own knowledge with the production dependencies alone', async () => {
    const checked = await run(['adapters/cli/main.ts', 'check'], {});
    expect(checked).toMatchObject({ code: 0, errors: '' });
  });
});

function run(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, args, {
    cwd: image,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...environment },
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  return new Promise<{ readonly code: number | null; readonly errors: string }>((resolve) => {
    child.on('exit', (code) => resolve({ code, errors }));
  });
}
