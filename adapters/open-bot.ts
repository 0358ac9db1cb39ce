import type { Knowledge } from '../src/knowledge/knowledge.ts';
import type { Clock } from '../src/ports/clock.ts';
import type { Log } from '../src/ports/log.ts';
import type { Destination } from '../src/ports/outbox.ts';
import { type Bot, createBot } from '../src/service/bot.ts';
import { createClaimWatch } from '../src/service/claim-watch.ts';
import { tellDeadCalls } from '../src/service/dead-calls.ts';
import type { DelivererParts } from '../src/service/deliver.ts';
import { configuredWorkspaces, type Workspaces } from './configured-workspaces.ts';
import type { DeskConfig } from './desk-config.ts';
import { handoffSettings } from './handoff-settings.ts';
import { newConversationId, newDeliveryId } from './ids.ts';
import { waitingDestinations } from './sql/outbox-operations.ts';
import type { Store } from './sql/store.ts';
import { openTicketDesks, type TicketDesks } from './ticket-desks.ts';

export interface OpenBotParts {
  readonly store: Store;
  readonly knowledge: () => Knowledge;
  /** What DESK_CONFIG says; undefined where there is none. */
  readonly desks: DeskConfig | undefined;
  readonly clock: Clock;
  readonly log: Log;
}

/** The bot over a store, and what it needs beside the platforms. */
export interface OpenBot {
  readonly bot: Bot;
  readonly workspaces: Workspaces;
  readonly ticketDesks: TicketDesks;
  /** Who takes the outbox's rows that are for no platform: the ticket desks, and the watch over claims. */
  readonly destinations: readonly Destination[];
  /** For the deliverer. */
  readonly onDead: NonNullable<DelivererParts['onDead']>;
}

/** Throws ConfigError, which names every secret of a ticket desk that is missing or malformed. */
export async function openBot({ store, knowledge, desks, clock, log }: OpenBotParts): Promise<OpenBot> {
  const { conversations, tickets } = store;
  const handoff = handoffSettings(desks);
  const workspaces = configuredWorkspaces(store.workspaces, desks?.agents ?? {});
  const bot = createBot({
    ...{ store: conversations, workspaces, knowledge, handoff, clock },
    ...{ newDeliveryId, newConversationId },
  });
  const ticketDesks = await openTicketDesks(desks?.desks ?? {}, {
    ...{ conversations, tickets, bot, clock, log },
    // Without any configuration nothing is given up: it may have been forgotten.
    waiting: desks === undefined ? [] : await waitingDestinations(store.database),
  });
  const watch = createClaimWatch({ conversations, bot, handoff, clock });
  return {
    ...{ bot, workspaces, ticketDesks },
    destinations: [watch, ...ticketDesks.destinations],
    onDead: tellDeadCalls(bot, log),
  };
}
