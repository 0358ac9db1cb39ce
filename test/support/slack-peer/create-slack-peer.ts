import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createChanges } from './changes.ts';
import { type Ack, createCourier, type Delivery, type Transport } from './courier.ts';
import { describeWorld } from './describe-world.ts';
import { createFaults, type Faults } from './faults.ts';
import { createHttpServer } from './http-server.ts';
import { createHttpTransport } from './http-transport.ts';
import { LIMITS } from './limits.ts';
import { grantBotToken, socketMethods } from './methods/workspace.ts';
import { changeEvent, eventParcel, messageEvent } from './payloads.ts';
import { createPerson, HISTORY_SCOPE, type Person } from './person.ts';
import { addTeam, DEFAULT_TEAM, type TeamSeed } from './seed.ts';
import { createSocketServer } from './socket-server.ts';
import { createWebApi } from './web-api.ts';
import {
  type Call,
  type Channel,
  createWorld,
  known,
  type MessageChange,
  type PeerMessage,
  type PeerView,
  type SlackApp,
  type Team,
} from './world.ts';

export interface SlackPeerOptions {
  /** Milliseconds; dates messages and ages trigger ids and response_urls. The system clock by default. */
  readonly now?: () => number;
  /** Dates request signatures; Bolt compares it with the system clock. */
  readonly signingClock?: () => number;
  /** Seeds of the teams; `DEFAULT_TEAM` alone by default. */
  readonly teams?: readonly TeamSeed[];
  /** How long the bot has to acknowledge, in real milliseconds: 3000 as Slack. */
  readonly ackTimeoutMs?: number;
  /** Waits before the retries of an event, and how to pass them. Slack's are 0, 1 minute, 5 minutes. */
  readonly retryDelaysMs?: readonly number[];
  readonly wait?: (ms: number) => Promise<unknown>;
  /** Whether the bot's own posts, edits and deletions come back to it as events, as in Slack. True by default. */
  readonly echo?: boolean;
}

/** A Slack on 127.0.0.1. */
export interface SlackPeer {
  /** For `clientOptions.slackApiUrl`. */
  readonly apiUrl: string;
  /** For `installerOptions.authorizationUrl`. */
  readonly authorizationUrl: string;
  readonly app: SlackApp;
  readonly faults: Faults;
  /** Sends to this request URL from now on, instead of over Socket Mode. */
  useHttp(requestUrl: string): void;
  useSocketMode(): void;
  readonly socket: {
    count(): number;
    /** Resolves when at least that many connections are open. */
    whenConnected(count?: number): Promise<void>;
    disconnect(reason: 'warning' | 'refresh_requested'): void;
    drop(): void;
  };
  /** Refuses more than one message a second and channel with 429. Off by default. */
  limitPosting(on: boolean): void;
  addTeam(seed: TeamSeed): void;
  team(id: string): Team;
  channel(id: string): Channel;
  /** Removes the app from a team: its token is revoked, and the events that say so are sent. */
  uninstall(teamId: string): Promise<void>;
  user(id: string): Person;
  /** All messages of a channel with their replies, oldest first. */
  messages(channel: string): readonly PeerMessage[];
  /** A thread: the first message and its replies. */
  thread(channel: string, ts: string): readonly PeerMessage[];
  /** What only that person sees, oldest first. */
  ephemeral(user: string): readonly PeerMessage[];
  /** The direct messages of that person and the bot. */
  directMessages(user: string): readonly PeerMessage[];
  /** The person's open modals, bottom first. */
  views(user: string): readonly PeerView[];
  home(user: string): PeerView | undefined;
  /** Web API calls (and `response_url`), oldest first; of one method when given. */
  calls(method?: string): readonly Call[];
  /** Every attempt to reach the bot, with what was sent. */
  readonly deliveries: readonly Delivery[];
  /** Sends the same once more, ids and all, however late. Its answer changes nothing here. */
  redeliver(delivery: Delivery): Promise<Ack>;
  /** Resolves with what `look` finds (not undefined, not false), now or after a change; its error names what was seen. */
  waitFor<T>(look: () => T | undefined | false, timeoutMs?: number): Promise<T>;
  /** Resolves when the events of the bot's own messages have been delivered or have failed. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a Slack on a free port. Socket Mode until `useHttp` is called. Close it after use. */
export async function createSlackPeer(options: SlackPeerOptions = {}): Promise<SlackPeer> {
  const { now = Date.now, signingClock = Date.now, ackTimeoutMs = LIMITS.ackMs } = options;
  const changes = createChanges();
  const faults = createFaults();
  const world = createWorld(APP, now, changes, faults);
  world.grants.set(APP.appToken, { kind: 'app', teamId: '', scopes: ['connections:write'], revoked: false });
  for (const seed of options.teams ?? [DEFAULT_TEAM]) addTeam(world, seed);

  const sockets = createSocketServer(world, ackTimeoutMs);
  const server = createHttpServer(world, createWebApi(world, socketMethods(sockets.issueTicket, sockets.count)));
  server.on('upgrade', sockets.upgrade);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  world.baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  let transport: Transport = sockets.transport;
  const closing = new AbortController();
  const { retryDelaysMs = [0, 60_000, 300_000] } = options;
  const { wait = (ms: number) => sleep(ms, undefined, { signal: closing.signal }) } = options;
  const courier = createCourier(world, (parcel, attempt) => transport(parcel, attempt), retryDelaysMs, wait);

  const echoes = new Set<Promise<unknown>>();
  world.botMessages.listener = (change) => {
    if (options.echo === false) return;
    const { team: teamId, channel } = change.kind === 'deleted' ? change.previous : change.message;
    const { kind } = known(world.channels, channel, 'channel');
    if (!known(world.teams, teamId, 'team').scopes.includes(HISTORY_SCOPE[kind])) return;
    const parcel = eventParcel(world, teamId, echoOf(change));
    const sent: Promise<unknown> = courier.deliverPlainly(parcel).catch(() => undefined);
    echoes.add(sent);
    sent.finally(() => echoes.delete(sent));
  };

  function echoOf(change: MessageChange) {
    if (change.kind === 'posted') return messageEvent(world, change.message);
    return changeEvent(world, change.previous, change.kind === 'changed' ? change.message : undefined);
  }

  const inOrder = (list: Iterable<PeerMessage>) => [...list].sort((a, b) => a.ts.localeCompare(b.ts));
  const messages = (channel: string) => {
    known(world.channels, channel, 'channel');
    return inOrder(world.messages.values()).filter((message) => message.channel === channel);
  };
  const waitFor: SlackPeer['waitFor'] = (look, timeoutMs = 15_000) =>
    changes.waitFor(look, timeoutMs, () => describeWorld(world, courier.deliveries));

  return {
    ...{ apiUrl: `${world.baseUrl}/api/`, authorizationUrl: `${world.baseUrl}/oauth/v2/authorize` },
    ...{ app: APP, faults, deliveries: courier.deliveries, messages, waitFor },
    useHttp(requestUrl) {
      transport = createHttpTransport(requestUrl, APP.signingSecret, signingClock, ackTimeoutMs);
    },
    useSocketMode() {
      transport = sockets.transport;
    },
    socket: {
      ...{ count: sockets.count, disconnect: sockets.disconnect, drop: sockets.drop },
      async whenConnected(count = 1) {
        await waitFor(() => sockets.count() >= count, 15_000);
      },
    },
    limitPosting(on) {
      world.limitPosting = on;
    },
    addTeam: (seed) => addTeam(world, seed),
    team: (id) => known(world.teams, id, 'team'),
    channel: (id) => known(world.channels, id, 'channel'),
    async uninstall(teamId) {
      const { botToken, botUserId } = known(world.teams, teamId, 'team');
      grantBotToken(world, teamId);
      known(world.grants, botToken, 'token').revoked = true;
      const tokens = { oauth: [], bot: [botUserId] };
      await courier.deliver(eventParcel(world, teamId, { type: 'tokens_revoked', tokens, event_ts: world.nextTs() }));
      await courier.deliver(eventParcel(world, teamId, { type: 'app_uninstalled', event_ts: world.nextTs() }));
    },
    user: (id) => createPerson(world, courier, id),
    thread: (channel, ts) => messages(channel).filter((each) => each.ts === ts || each.thread_ts === ts),
    ephemeral: (user) => inOrder(world.ephemerals.values()).filter((each) => each.ephemeral_to === user),
    directMessages: (user) => inOrder(world.messages.values()).filter((each) => each.channel === `D${user.slice(1)}`),
    views: (user) => world.modals.get(user) ?? [],
    home: (user) => world.homes.get(user),
    calls: (method) => world.calls.filter((call) => method === undefined || call.method === method),
    redeliver: ({ parcel }) => courier.deliverPlainly(parcel),
    async settled() {
      while (echoes.size > 0) await Promise.all(echoes);
    },
    async close() {
      closing.abort();
      sockets.close();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const APP: SlackApp = {
  id: 'A0LICENCE',
  clientId: '111.222',
  clientSecret: 'peer-client-secret',
  signingSecret: '8f742231b10e8888abcd99yyyzzz85a5',
  appToken: 'xapp-1-A0LICENCE-peer',
};
