import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DiscordConfig } from '../../adapters/config.ts';
import type { DeskConfig } from '../../adapters/desk-config.ts';
import { createDiscord, type Discord } from '../../adapters/discord/discord.ts';
import type { Route } from '../../adapters/http/server.ts';
import { newDeliveryId } from '../../adapters/ids.ts';
import { createStore, type Store } from '../../adapters/sql/store.ts';
import { timer as realTimer } from '../../adapters/timer.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Timer } from '../../src/ports/timer.ts';
import { createDeliverer } from '../../src/service/deliver.ts';
import { deskOf } from '../support/desk-of.ts';
import { createDiscordPeer, type DiscordPeer, type PeerOptions } from '../support/discord-peer/create-discord-peer.ts';
import { expandKey, shippedKnowledge } from '../support/knowledge.ts';

/** What the process logged, for tests that look for a cause. */
export interface Logged {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** Our bot at a Discord of our own, on a database file. */
export interface Workbench {
  readonly peer: DiscordPeer;
  readonly logged: readonly Logged[];
  store(): Store;
  discord(): Discord;
  deskRoutes(): readonly Route[];
  stop(): Promise<void>;
  restart(): Promise<void>;
  end(): Promise<void>;
}

export interface WorkbenchOptions extends PeerOptions {
  /** Changes the store, to make it fail. */
  readonly store?: (store: Store) => Store;
  /** The waits of the adapter. */
  readonly timer?: Timer;
  /** The shards of each process on the database; one process of all shards unless given. */
  readonly shards?: readonly DiscordConfig['shards'][];
  /** The one process that delivers; all of them unless given. */
  readonly deliverer?: number;
  readonly wrongToken?: boolean;
  /** The servers that alone have the commands, by name, asked at every start; every server unless given. */
  readonly commandsIn?: () => readonly string[] | undefined;
  readonly desks?: DeskConfig;
}

export async function createWorkbench({
  store: change = (store) => store,
  timer = realTimer,
  shards = ['auto'],
  deliverer,
  wrongToken = false,
  commandsIn = () => undefined,
  desks,
  ...options
}: WorkbenchOptions = {}): Promise<Workbench> {
  const folder = await mkdtemp(join(tmpdir(), 'licence-desk-'));
  const peer = await createDiscordPeer(options);
  const logged: Logged[] = [];
  const clock = { now: () => new Date(options.now?.() ?? Date.now()) };
  const databaseUrl = `sqlite:${join(folder, 'test.db')}`;
  const begin = () =>
    Promise.all(
      shards.map((each, index) =>
        startProcess({
          ...{ peer, databaseUrl, logged, change, timer, clock, desks },
          shards: each,
          commandsIn: commandsIn(),
          token: wrongToken ? 'wrong' : peer.token,
          delivers: deliverer === undefined || deliverer === index,
        }),
      ),
    );
  let [first, ...others] = await begin();
  const all = () => [first, ...others].filter((process) => process !== undefined);
  const one = () => first ?? nothing();
  const stop = async () => void (await Promise.all(all().map((process) => process.stop())));
  return {
    peer,
    logged,
    store: () => one().store,
    discord: () => one().discord,
    deskRoutes: () => one().deskRoutes,
    stop,
    async restart() {
      await stop();
      [first, ...others] = await begin();
    },
    async end() {
      await stop();
      await peer.stop();
      await rm(folder, { recursive: true });
    },
  };
}

function nothing(): never {
  throw new Error('no process was started');
}

interface ProcessPlan {
  readonly peer: DiscordPeer;
  readonly databaseUrl: string;
  readonly logged: Logged[];
  readonly change: (store: Store) => Store;
  readonly timer: Timer;
  readonly clock: { now(): Date };
  readonly shards: DiscordConfig['shards'];
  readonly commandsIn: readonly string[] | undefined;
  readonly token: string;
  readonly desks: DeskConfig | undefined;
  readonly delivers: boolean;
}

async function startProcess(plan: ProcessPlan) {
  const { peer, databaseUrl, logged, change, timer, clock, shards, commandsIn, token, desks, delivers } = plan;
  const guilds = commandsIn?.map((name) => peer.guild(name).id);
  const log = collectingLog(logged);
  const store = change(await createStore(databaseUrl, log));
  const knowledge = shippedKnowledge;
  const { bot, workspaces, ticketDesks, destinations, onDead } = await deskOf(store, clock, log, desks);
  const discord = await createDiscord({
    config: { token, applicationId: peer.applicationId, shards, guilds, apiUrl: peer.apiUrl },
    ...{
      bot,
      store: store.conversations,
      places: store.places,
      workspaces,
      knowledge,
      expandKey,
      clock,
      timer,
      log,
    },
    gateway: { buildIdentifyThrottler: async () => ({ waitForIdentify: async () => {} }) },
  });
  const deliverer = createDeliverer({
    outbox: store.outbox,
    destinations: [discord.destination, ...destinations],
    clock,
    timer: realTimer,
    random: Math.random,
    log,
    onDead,
    owner: newDeliveryId(),
  });
  await discord.start();
  await peer.waitFor(() => peer.commands(commandsIn?.[0]).length > 0);
  if (delivers) deliverer.start();
  let stopped = false;
  return {
    store,
    discord,
    deskRoutes: ticketDesks.routes,
    async stop() {
      if (stopped) return;
      stopped = true;
      await discord.stop();
      await deliverer.stop();
      await store.close();
    },
  };
}

function collectingLog(logged: Logged[]): Log {
  const at = (level: Logged['level']) => (fields: Logged['fields'], message: string) =>
    void logged.push({ level, fields, message });
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
