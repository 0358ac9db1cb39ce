import type { Knowledge } from '../src/knowledge/knowledge.ts';
import type { Log } from '../src/ports/log.ts';
import type { DelivererParts } from '../src/service/deliver.ts';
import type { Config } from './config.ts';
import type { DeskConfig } from './desk-config.ts';
import { keyExpander } from './expand-key.ts';
import { newDeliveryId } from './ids.ts';
import { shippedKnowledge } from './knowledge-files.ts';
import { createKnowledge } from './knowledge-watch.ts';
import { type OpenBot, openBot } from './open-bot.ts';
import { lifetimesOf } from './retention-loop.ts';
import type { Lifetimes } from './sql/retention.ts';
import { createStore, type Store } from './sql/store.ts';
import { timer } from './timer.ts';

/** What every surface shares: the knowledge, the store, the bot over both, the ticket desks. */
export interface Desk extends Omit<OpenBot, 'onDead'> {
  readonly knowledge: () => Knowledge;
  readonly store: Store;
  readonly expandKey: (id: string) => string;
  readonly lifetimes: Lifetimes;
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
  try {
    const { onDead, ...opened } = await openBot({ store, knowledge, desks, clock, log });
    return {
      knowledge,
      store,
      ...opened,
      expandKey: keyExpander(knowledge),
      lifetimes: lifetimesOf(desks),
      delivering: {
        outbox: store.outbox,
        clock,
        timer,
        random: Math.random,
        log,
        onDead,
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
