import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Command } from '../../adapters/cli/command.ts';

/** Runs a command of the command line in this process: its exit code, and what it printed. Throws what the command throws. */
export async function runCommand(
  command: Command,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
) {
  const output = new PassThrough();
  const errors = new PassThrough();
  const printed = Promise.all([text(output), text(errors)]);
  const code = await command(args, { input: Readable.from([]), output, errors, environment }).finally(() => {
    output.end();
    errors.end();
  });
  const [said, complained] = await printed;
  return { code, output: said, errors: complained };
}
