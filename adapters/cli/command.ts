import type { Readable, Writable } from 'node:stream';

/** What a command of the command line works with. */
export interface CommandIo {
  readonly input: Readable;
  readonly output: Writable;
  readonly errors: Writable;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Runs one command with the words after its name and gives the exit code. */
export type Command = (args: readonly string[], io: CommandIo) => Promise<number>;
