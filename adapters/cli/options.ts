import { type ParseArgsConfig, parseArgs } from 'node:util';

/** Reads the words and options after a command's name; undefined where one is unknown or incomplete: then show the usage. */
export function readOptions<const Options extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: Options,
) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch {
    return undefined;
  }
}
