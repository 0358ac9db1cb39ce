import type { Knowledge } from '../src/knowledge/knowledge.ts';
import type { Log } from '../src/ports/log.ts';
import type { Destination } from '../src/ports/outbox.ts';
import { type Bot, createBot } from '../src/service/bot.ts';
import { createClaimWatch } from '../src/service/claim-watch.ts';
import { tellDeadCalls } from '../src/service/dead-calls.ts';
import type { DelivererParts } from '../src/service/deliver.ts';
import type { Config } from './config.ts';
import { configuredWorkspaces, type Workspaces } from './configured-workspaces.ts';
import type { DeskConfig } from './desk-config.ts';
import { keyExpander } from './expand-key.ts';
import { handoffSettings } from './handoff-settings.ts';
import { newConversationId, newDeliveryId } from './ids.ts';
import { shippedKnowledge } from './knowledge-files.ts';
import { createKnowledge } from './knowledge-watch.ts';
import { lifetimesOf } from './retention-loop.ts';
import { waitingDestinations } from './sql/outbox-operations.ts';
import type { Lifetimes } from './sql/retention.ts';
import { createStore, type Store } from './sql/store.ts';
import { openTicketDesks, type TicketDesks } from './ticket-desks.ts';
import { timer } from './timer.ts';

/** What every surface shares: the knowledge, the store, the bot over both, the ticket desks. */
export interface Desk {
  readonly knowledge: () => Knowledge;
  readonly store: Store;
  readonly workspaces: Workspaces;
  readonly bot: Bot;
  readonly expandKey: (id: string) => string;
  readonly lifetimes: Lifetimes;
  readonly ticketDesks: TicketDesks;
  /** Who takes the outbox's rows that are for no platform: the ticket desks, and the watch over claims. */
  readonly destinations: readonly Destination[];
  /** What a deliverer needs besides its destinations. */
  readonly delivering: Omit<DelivererParts, 'destinations'>;
  /** Ends the watching of the knowledge and all connections of the store. Call it last. */
  close(): Promise<void>;
}

/** Loads the knowledge, reads DESK_CONFIG and opens the store. Throws KnowledgeError, ConfigError or StoreError, whose messages are for the operator. */
export async function openDesk(config: Config, log: Log): Promise<Desk> {
  const live = await createKnowledge({ shipped: shippedKnowledge, overlay: config.knowledgeDir }, log);
  const knowledge = live.current;
  const desks = await readDesks(config, knowledge());
  const store = await createStore(config.databaseUrl, log);
  const close = () => {
    live.stop();
    return store.close();
  };
  const clock = { now: () => new Date() };
  const handoff = handoffSettings(desks);
  const workspaces = configuredWorkspaces(store.workspaces, desks?.agents ?? {});
  const bot = createBot({
    store: store.conversations,
    workspaces,
    knowledge,
    handoff,
    clock,
    newDeliveryId,
    newConversationId,
  });
  try {
    const ticketDesks = await openTicketDesks(desks?.desks ?? {}, {
      conversations: store.conversations,
      tickets: store.tickets,
      bot,
      clock,
      log,
      // Without any configuration nothing is given up: it may have been forgotten.
      waiting: desks === undefined ? [] : await waitingDestinations(store.database),
    });
    const watch = createClaimWatch({ conversations: store.conversations, bot, handoff, clock });
    return {
      knowledge,
      store,
      workspaces,
      bot,
      expandKey: keyExpander(knowledge),
      lifetimes: lifetimesOf(desks),
      ticketDesks,
      destinations: [watch, ...ticketDesks.destinations],
      delivering: {
        outbox: store.outbox,
        clock,
        timer,
        random: Math.random,
        log,
        onDead: tellDeadCalls(bot, log),
        owner: `${process.pid}-${newDeliveryId()}`,
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Desks bring YAML, mail and HTTP with them, so they are loaded only where there are some. */
async function readDesks({ deskConfig }: Config, { tickets }: Knowledge): Promise<DeskConfig | undefined> {
  if (deskConfig === undefined) return undefined;
  const { loadDeskConfig } = await import('./desk-config.ts');
  return loadDeskConfig(
    deskConfig,
    tickets.fields.map(({ id }) => id),
  );
}
