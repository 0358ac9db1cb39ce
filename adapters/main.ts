import './compile-cache.js';
import { BotError } from '../src/errors.ts';

/**
 * Starts Licence Desk. `serve` needs a configured platform; `terminal` talks here; without a word, the platforms that are
 * configured are served, and with none the terminal opens.
 */
async function main([mode]: readonly string[]): Promise<void> {
  const { readConfig } = await import('./config.ts');
  const config = readConfig(process.env);
  const configured = config.slack !== undefined || config.discord !== undefined;
  if (mode === 'terminal' || (mode === undefined && !configured))
    await (await import('./run-terminal.ts')).runTerminal(config);
  else if (mode === 'serve' || mode === undefined) await (await import('./serve.ts')).serve(config);
  else throw new UsageError(`${mode} is no way to start: say serve, terminal, or nothing.`);
}

/** The command line names something that does not exist. */
class UsageError extends BotError {
  readonly code = 'USAGE';
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BotError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
