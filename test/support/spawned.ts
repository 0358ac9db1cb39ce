import { type ChildProcess, spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

export interface Spawned {
  readonly child: ChildProcess;
  /** Everything printed so far. */
  readonly printed: () => string;
  /** Resolves when the text was printed after `from`; rejects, naming what was printed, when the process ends first. */
  readonly prints: (text: string, from?: number) => Promise<void>;
  /** The same for what is logged, which goes to standard error. */
  readonly logs: (text: string) => Promise<void>;
  readonly ended: Promise<{ readonly code: number | null; readonly output: string; readonly errors: string }>;
}

/** Starts one of the project's programs as a process of its own, with nothing of this one's environment but the path. */
export function spawnProgram(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Spawned {
  const child = spawn(process.execPath, args, { cwd: root, env: { PATH: process.env.PATH, ...environment } });
  let output = '';
  let errors = '';
  const heard = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    for (const listen of heard) listen();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
    for (const listen of heard) listen();
  });
  const ended = new Promise<Awaited<Spawned['ended']>>((resolve) => {
    child.on('close', (code) => resolve({ code, output, errors }));
  });
  const shows = (text: string, shown: () => string, from = 0) =>
    new Promise<void>((resolve, reject) => {
      const listen = () => {
        if (!shown().includes(text, from)) return;
        heard.delete(listen);
        resolve();
      };
      heard.add(listen);
      ended.then(() => reject(new Error(`the program ended without showing ${text}:\n${output}\n${errors}`)));
      listen();
    });
  return {
    child,
    printed: () => output,
    prints: (text, from) => shows(text, () => output, from),
    logs: (text) => shows(text, () => errors),
    ended,
  };
}

/** Runs a program to its end on a given input. */
export async function runProgram(
  args: readonly string[],
  input: string,
  environment: Readonly<Record<string, string>> = {},
) {
  const { child, ended } = spawnProgram(args, environment);
  child.stdin?.end(input);
  return ended;
}
