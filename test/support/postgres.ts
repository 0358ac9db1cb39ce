import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Binaries, findBinaries } from './postgres-binaries.ts';

/** A real PostgreSQL on a free loopback port, with its data in a temporary folder. */
export interface TestPostgres {
  readonly port: number;
  /** A new, empty database. */
  freshDatabase(): Promise<string>;
  /** Stops and starts the server again, as an operator would: connections are cut. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

const startWithinMs = 30_000;

/** Starts the server, as root too. Where it cannot be started it says why in one line and gives undefined: tests then skip. */
export async function startPostgres(): Promise<TestPostgres | undefined> {
  try {
    return await startServer();
  } catch (error) {
    process.stderr.write(
      `\nSKIPPED, because PostgreSQL does not start here: ${error instanceof Error ? error.message : String(error)}\n\n`,
    );
    return undefined;
  }
}

async function startServer(): Promise<TestPostgres> {
  const binaries = await findBinaries();
  const folder = mkdtempSync(join(tmpdir(), 'licence-desk-postgres-'));
  const data = join(folder, 'data');
  await makeCluster(binaries, folder, data);
  const port = await freePort();
  let server = await launch(binaries, data, port);
  const killWithUs = () => server.kill('SIGKILL');
  process.once('exit', killWithUs);
  return {
    port,
    freshDatabase: () => freshDatabase(port),
    async restart() {
      await end(server);
      server = await launch(binaries, data, port);
    },
    async stop() {
      await end(server);
      process.off('exit', killWithUs);
      rmSync(folder, { recursive: true, force: true });
      binaries.remove();
    },
  };
}

async function makeCluster({ initdb, as }: Binaries, folder: string, data: string): Promise<void> {
  const passwordFile = join(folder, 'password');
  writeFileSync(passwordFile, 'password\n');
  chmodSync(folder, 0o700);
  if (as.uid !== undefined && as.gid !== undefined)
    for (const path of [folder, passwordFile]) chownSync(path, as.uid, as.gid);
  const words = [
    '--auth=password',
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--encoding=UTF8',
    '--no-locale',
    '--no-sync',
  ];
  await promisify(execFile)(initdb, [`--pgdata=${data}`, ...words], { ...as, cwd: '/' });
}

/** Resolves when the server takes connections. Without fsync: no test pulls the plug of the machine. */
async function launch({ postgres, as }: Binaries, data: string, port: number): Promise<ChildProcess> {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=60', 'fsync=off'];
  const words = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
  const server = spawn(postgres, words, { ...as, cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
  const ready = Promise.withResolvers<void>();
  const patience = setTimeout(
    () => ready.reject(new Error(`it was not ready within ${startWithinMs} ms`)),
    startWithinMs,
  );
  let said = '';
  server.on('error', ready.reject);
  server.once('exit', () => ready.reject(new Error(`it ended: ${said.slice(-300)}`)));
  server.stderr.on('data', (chunk) => {
    said += String(chunk);
    if (said.includes('ready to accept connections')) ready.resolve();
  });
  try {
    await ready.promise;
    return server;
  } catch (error) {
    server.kill('SIGKILL');
    throw error;
  } finally {
    clearTimeout(patience);
  }
}

/** A fast shutdown: connections are cut, the data is flushed. */
async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGINT');
  await ended;
}

let databases = 0;

async function freshDatabase(port: number): Promise<string> {
  const url = (name: string) => `postgres://postgres:password@127.0.0.1:${port}/${name}`;
  databases += 1;
  const name = `test_${process.pid}_${databases}`;
  await query(url('postgres'), `create database ${name}`);
  return url(name);
}

/** Takes everything out of a database: quicker than a new one. */
export async function emptyDatabase(url: string): Promise<void> {
  await query(url, 'drop schema public cascade; create schema public');
}

async function query(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(text);
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
