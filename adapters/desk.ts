import type { Knowledge } from '../src/knowledge/knowledge.ts';
import type { Log } from '../src/ports/log.ts';
import { type Bot, createBot } from '../src/service/bot.ts';
import type { DelivererParts } from '../src/service/deliver.ts';
import type { Config } from './config.ts';
import { newConversationId, newDeliveryId } from './ids.ts';
import { keyExpander } from './knowledge.ts';
import { shippedKnowledge } from './knowledge-files.ts';
import { createKnowledge } from './knowledge-watch.ts';
import { readLifetimes } from './retention-loop.ts';
import type { Lifetimes } from './sql/retention.ts';
import { createStore, type Store } from './sql/store.ts';
import { timer } from './timer.ts';

/** What every surface shares: the knowledge, the store, the bot over both. */
export interface Desk {
  readonly knowledge: () => Knowledge;
  readonly store: Store;
  readonly bot: Bot;
  readonly expandKey: (id: string) => string;
  readonly lifetimes: Lifetimes;
  /** What a deliverer needs besides its destinations. */
  readonly delivering: Omit<DelivererParts, 'destinations'>;
  /** Ends the watching of the knowledge and all connections of the store. Call it last. */
  close(): Promise<void>;
}

/** Loads the knowledge, reads DESK_CONFIG and opens the store. Throws KnowledgeError, ConfigError or StoreError, whose messages are for the operator. */
export async function openDesk(config: Config, log: Log): Promise<Desk> {
  const live = createKnowledge({ shipped: shippedKnowledge, overlay: config.knowledgeDir }, log);
  const knowledge = live.current;
  const lifetimes = readLifetimes(config, knowledge());
  const store = await createStore(config.databaseUrl, log);
  const clock = { now: () => new Date() };
  return {
    knowledge,
    store,
    bot: createBot({ store: store.conversations, knowledge, clock, newDeliveryId, newConversationId }),
    expandKey: keyExpander(knowledge),
    lifetimes,
    delivering: {
      outbox: store.outbox,
      clock,
      timer,
      random: Math.random,
      log,
      owner: `${process.pid}-${newDeliveryId()}`,
    },
    close: () => {
      live.stop();
      return store.close();
    },
  };
}
