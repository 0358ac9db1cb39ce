import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SlackConfig } from '../../adapters/config.ts';
import type { DeskConfig } from '../../adapters/desk-config.ts';
import { createHttpServer, type Route } from '../../adapters/http/server.ts';
import { newDeliveryId } from '../../adapters/ids.ts';
import { botScopes } from '../../adapters/slack/app-definition.ts';
import { createSlack } from '../../adapters/slack/slack.ts';
import { createStore, type Store } from '../../adapters/sql/store.ts';
import { timer } from '../../adapters/timer.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Bot } from '../../src/service/bot.ts';
import { createDeliverer } from '../../src/service/deliver.ts';
import { deskOf } from '../support/desk-of.ts';
import { expandKey, shippedKnowledge } from '../support/knowledge.ts';
import { createSlackPeer, type SlackPeer, type SlackPeerOptions } from '../support/slack-peer/create-slack-peer.ts';
import { DEFAULT_TEAM, type TeamSeed } from '../support/slack-peer/seed.ts';

export type TransportKind = 'http' | 'socket';

/** What the process logged, for tests that look for a cause. */
export interface Logged {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** Our bot at a Slack of our own, on a database file. */
export interface Workbench {
  readonly peer: SlackPeer;
  readonly logged: readonly Logged[];
  /** Where our HTTP server listens. */
  url(): string;
  deskRoutes(): readonly Route[];
  store(): Store;
  restart(): Promise<void>;
  end(): Promise<void>;
}

export interface WorkbenchOptions extends SlackPeerOptions {
  readonly tenancy?: SlackConfig['tenancy'];
  /** Changes the store, to make it fail. */
  readonly store?: (store: Store) => Store;
  /** Looks at what the intake asks of the bot. */
  readonly bot?: (bot: Bot) => Bot;
  /** What our process believes the time is. */
  readonly ourNow?: () => Date;
  readonly desks?: DeskConfig | undefined;
}

const secretKey = 'a secret key of thirty-two characters';

/** Starts both. `end` stops them and removes the database. */
export async function createWorkbench(kind: TransportKind, options: WorkbenchOptions = {}): Promise<Workbench> {
  const folder = await mkdtemp(join(tmpdir(), 'licence-desk-'));
  const { teams = [DEFAULT_TEAM] } = options;
  const peer = await createSlackPeer({ ...options, teams: teams.map(withOurScopes) });
  const logged: Logged[] = [];
  const start = () => startProcess(kind, peer, `sqlite:${join(folder, 'test.db')}`, logged, options);
  let process = await start();
  return {
    peer,
    logged,
    url: () => process.url,
    deskRoutes: () => process.deskRoutes,
    store: () => process.store,
    async restart() {
      await process.stop();
      process = await start();
    },
    async end() {
      await process.stop();
      await peer.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A team that installed the app from our manifest: nothing works by a scope we do not ask for. */
function withOurScopes({ scopes, ...team }: TeamSeed): TeamSeed {
  return { ...team, scopes: botScopes.filter((scope) => scopes.includes(scope)) };
}

async function startProcess(
  kind: TransportKind,
  peer: SlackPeer,
  databaseUrl: string,
  logged: Logged[],
  {
    tenancy,
    store: change = (store) => store,
    bot: watch = (bot) => bot,
    ourNow = () => new Date(),
    desks,
  }: WorkbenchOptions,
) {
  const log = collectingLog(logged);
  const clock = { now: ourNow };
  const store = change(await createStore(databaseUrl, log));
  const knowledge = shippedKnowledge;
  const { appToken, signingSecret } = peer.app;
  const { bot, workspaces, ticketDesks, destinations, onDead } = await deskOf(store, clock, log, desks);
  const slack = await createSlack({
    config: {
      transport: kind === 'http' ? { kind, signingSecret } : { kind, appToken },
      tenancy: tenancy ?? { kind: 'token', botToken: peer.team('T1').botToken },
      apiUrl: peer.apiUrl,
    },
    bot: watch(bot),
    store: store.conversations,
    places: store.places,
    workspaces,
    preferences: store.preferences,
    installations: () => store.installations([secretKey]),
    ...{ knowledge, expandKey, clock, log },
  });
  const { routes, ready } = slack;
  const server = await createHttpServer({ port: 0, host: '127.0.0.1', routes, ready, metrics: async () => '', log });
  const url = `http://127.0.0.1:${server.port}`;
  const deliverer = createDeliverer({
    ...{
      outbox: store.outbox,
      destinations: [slack.destination, ...destinations],
      timer,
      random: Math.random,
      log,
      onDead,
    },
    ...{ clock, owner: newDeliveryId() },
  });
  if (kind === 'http') peer.useHttp(`${url}/slack/events`);
  await slack.start();
  if (kind === 'socket') await peer.socket.whenConnected(2);
  deliverer.start();
  return {
    store,
    url,
    deskRoutes: ticketDesks.routes,
    async stop() {
      await slack.stop();
      if (kind === 'socket') await peer.waitFor(() => peer.socket.count() === 0);
      await deliverer.stop();
      await server.close();
      await store.close();
    },
  };
}

function collectingLog(logged: Logged[]): Log {
  const at = (level: Logged['level']) => (fields: Logged['fields'], message: string) =>
    void logged.push({ level, fields, message });
  return { info: at('info'), warn: at('warn'), error: at('error') };
}
