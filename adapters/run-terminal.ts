import { readCommand } from '../src/reading/command.ts';
import { createDeliverer } from '../src/service/deliver.ts';
import { localeFromTag } from '../src/text/locale.ts';
import type { Config } from './config.ts';
import { openDesk } from './desk.ts';
import { newDeliveryId } from './ids.ts';
import { createLog } from './log.ts';
import { Terminal } from './terminal/terminal.ts';

const owner = 'terminal';

/** Holds the conversation in this terminal until its input ends. */
export async function runTerminal(config: Config): Promise<void> {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env;
  const log = createLog(config.logLevel === 'info' ? 'error' : config.logLevel);
  const desk = await openDesk(config, log);
  const terminal = new Terminal({
    input: process.stdin,
    output: process.stdout,
    interactive: process.stdin.isTTY === true,
    locale: localeFromTag(LC_ALL ?? LC_MESSAGES ?? LANG) ?? 'en',
    expandKey: desk.expandKey,
    commandOf: (text) => readCommand(desk.knowledge(), text),
    newReceipt: newDeliveryId,
  });
  // A terminal that was killed holds what it was printing. There is one terminal to a database, so that is ours now.
  await desk.store.outbox.release(owner);
  const deliverer = createDeliverer({
    ...desk.delivering,
    owner,
    destinations: [terminal, ...desk.destinations],
  });
  deliverer.start();
  process.once('SIGINT', () => process.stdin.destroy());
  try {
    await terminal.run(desk.bot, desk.store.conversations);
  } finally {
    await deliverer.stop();
    await desk.close();
  }
}
