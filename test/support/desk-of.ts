import type { DeskConfig } from '../../adapters/desk-config.ts';
import { openBot } from '../../adapters/open-bot.ts';
import type { Store } from '../../adapters/sql/store.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';
import { shippedKnowledge } from './knowledge.ts';

/**
 * The bot of a process over a store, with the ticket desks of a configuration where one is given. Its first answer is made here, as
 * `serve` makes it before a platform is connected.
 */
export async function deskOf(store: Store, clock: Clock, log: Log, desks?: DeskConfig) {
  const opened = await openBot({ store, knowledge: shippedKnowledge, desks, clock, log });
  opened.bot.lookUp('0xC004FC07', 'en');
  return opened;
}
