import { configuredWorkspaces } from '../../adapters/configured-workspaces.ts';
import type { DeskConfig } from '../../adapters/desk-config.ts';
import { handoffSettings } from '../../adapters/handoff-settings.ts';
import { newConversationId, newDeliveryId } from '../../adapters/ids.ts';
import { waitingDestinations } from '../../adapters/sql/outbox-operations.ts';
import type { Store } from '../../adapters/sql/store.ts';
import { openTicketDesks } from '../../adapters/ticket-desks.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';
import { createBot } from '../../src/service/bot.ts';
import { createClaimWatch } from '../../src/service/claim-watch.ts';
import { tellDeadCalls } from '../../src/service/dead-calls.ts';
import { shippedKnowledge } from './knowledge.ts';

/**
 * The bot of a process over a store, with the ticket desks of a configuration where one is given. Its first answer is made here, as
 * `serve` makes it before a platform is connected.
 */
export async function deskOf(store: Store, clock: Clock, log: Log, desks?: DeskConfig) {
  const handoff = handoffSettings(desks);
  const workspaces = configuredWorkspaces(store.workspaces, desks?.agents ?? {});
  const bot = createBot({
    store: store.conversations,
    workspaces,
    knowledge: shippedKnowledge,
    handoff,
    clock,
    newDeliveryId,
    newConversationId,
  });
  bot.lookUp('0xC004FC07', 'en');
  const ticketDesks = await openTicketDesks(desks?.desks ?? {}, {
    conversations: store.conversations,
    tickets: store.tickets,
    bot,
    clock,
    log,
    waiting: desks === undefined ? [] : await waitingDestinations(store.database),
  });
  const watch = createClaimWatch({ conversations: store.conversations, bot, handoff, clock });
  return {
    bot,
    workspaces,
    ticketDesks,
    destinations: [watch, ...ticketDesks.destinations],
    onDead: tellDeadCalls(bot, log),
  };
}
