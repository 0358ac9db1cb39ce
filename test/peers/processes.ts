import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Runs a program to its end. Throws what it said where it failed. */
export function run(program: string, args: readonly string[], input?: string): string {
  const { status, stdout, stderr, error } = spawnSync(program, [...args], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    ...(input === undefined ? {} : { input }),
  });
  if (error !== undefined || status !== 0)
    throw new Error(`${program} ${args[0] ?? ''}: ${error?.message ?? stderr.slice(-800) ?? stdout.slice(-800)}`);
  return stdout;
}

/** Whether a program is there to run. */
export function isInstalled(program: string): boolean {
  return spawnSync('which', [program]).status === 0;
}

/** The servers this run has started; each is ended by its own group. */
export class Servers {
  readonly #children: ChildProcess[] = [];

  /** Starts a server and waits until its port answers. */
  async start(program: string, args: readonly string[], port: number): Promise<void> {
    const child = spawn(program, [...args], { detached: true, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-2000);
    });
    this.#children.push(child);
    for (let tries = 0; tries < 150; tries += 1) {
      if (child.exitCode !== null) throw new Error(`${program} ended: ${said}`);
      if (await answers(port)) return;
      await pause(200);
    }
    throw new Error(`${program} does not listen on ${port}: ${said}`);
  }

  stop(): void {
    for (const { pid } of this.#children.toReversed()) {
      try {
        if (pid !== undefined) process.kill(-pid, 'SIGTERM');
      } catch {
        // It has ended by itself.
      }
    }
  }
}

async function answers(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** A port of loopback nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
