import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createFaultPlan, type FaultPlan, requireRoute, routeKey } from './faults.ts';
import { createGateway, type GatewayControl } from './gateway.ts';
import { type Call, createHttpServer, type Route, routeName } from './http-server.ts';
import { createLedger } from './interactions.ts';
import { createJournal } from './journal.ts';
import type { JsonObject } from './json.ts';
import type { PeerMessage } from './messages.ts';
import type { OpenModal } from './modal-input.ts';
import { bitsOf, type Permission } from './permissions.ts';
import { createPerson, isEphemeral, type Person } from './person.ts';
import { createRateLimits, type RateLimit } from './rate-limits.ts';
import { accountRoutes, guildPayload } from './routes/account-routes.ts';
import { callbackRoutes } from './routes/callback-routes.ts';
import { saveThread } from './routes/channel-access.ts';
import { channelRoutes } from './routes/channel-routes.ts';
import { commandRoutes } from './routes/command-routes.ts';
import { messageRoutes } from './routes/message-routes.ts';
import { threadRoutes } from './routes/thread-routes.ts';
import { webhookRoutes } from './routes/webhook-routes.ts';
import { loadSpecCheck } from './spec-check.ts';
import type { PeerState, Ping } from './state.ts';
import {
  createSnowflakes,
  createWorld,
  type GuildPlan,
  type PeerFile,
  type PeerGuild,
  person,
  type Thread,
} from './world.ts';

const DAILY_STARTS = 1_000;
const HEARTBEAT_MS = 41_250;

export interface PeerOptions {
  /** Milliseconds since 1970; decides the 3 seconds, the 15 minutes, nonces, rate limits and ids. */
  readonly now?: () => number;
  /** One guild, `Contoso` in `en-US` with the channels `help` and `agents`, unless given. */
  readonly guilds?: readonly GuildPlan[];
  readonly token?: string;
  readonly heartbeatMs?: number;
  readonly sessionStarts?: number;
  /** By route, as `POST /channels/:id/messages`; per channel or guild. None unless given: Discord's own would slow tests. */
  readonly rateLimits?: Readonly<Record<string, RateLimit>>;
  readonly globalPerSecond?: number;
}

export interface PersonOptions {
  /** `en-US` unless given. */
  readonly locale?: string;
  /** Holds every permission: sees commands with `default_member_permissions`. */
  readonly manager?: boolean;
  /** Names of roles, in whichever guild has them. */
  readonly roles?: readonly string[];
  /** `closed`: the bot's direct messages are refused with 50007. */
  readonly dms?: 'open' | 'closed';
}

/** A Discord of our own on 127.0.0.1: what the bot under test talks to, and what people do in it. */
export interface DiscordPeer {
  /** For discord.js `rest.api` and `DISCORD_API_URL`: `http://127.0.0.1:PORT/api`. */
  readonly apiUrl: string;
  readonly token: string;
  readonly applicationId: string;
  readonly botId: string;
  /** Whether bodies are also checked against Discord's OpenAPI document, which a clone may lack. */
  readonly checksSpec: boolean;
  readonly faults: FaultPlan;
  readonly gateway: GatewayControl;
  /** Mentions that would have notified somebody. A test without such a wish expects none. */
  readonly pings: readonly Ping[];
  guild(name?: string): PeerGuild;
  /** The id of a text channel by its name. */
  channel(name: string, guildName?: string): string;
  role(name: string): string;
  /** The person of that name; the first call decides who they are. */
  user(name: string, options?: PersonOptions): Person;
  /** What everybody in a channel sees, oldest first. */
  messages(channelId: string): readonly PeerMessage[];
  /** What one person alone sees in a channel. */
  ephemeral(channelId: string, personId: string): readonly PeerMessage[];
  threads(channelId: string): readonly Thread[];
  threadMembers(threadId: string): readonly string[];
  /** Registered commands: the global ones, or those of one guild. */
  commands(guildName?: string): readonly JsonObject[];
  modals(personId: string): readonly OpenModal[];
  calls(route?: string): readonly Call[];
  /** Takes permissions from the bot in a channel and its threads, and gives back those it had taken before. */
  deny(channelId: string, ...permissions: readonly Permission[]): void;
  /** Grants the bot more in a channel and its threads than everybody holds. */
  allow(channelId: string, ...permissions: readonly Permission[]): void;
  /** Archives a thread as inactivity or a moderator would. */
  archive(threadId: string, locked?: boolean): void;
  /** A moderator deletes a message. */
  remove(messageId: string): void;
  /** Resolves with the first truthy result; asked after every event, and rejects with what was seen instead. */
  waitFor<T>(predicate: () => T | undefined | false, timeoutMs?: number): Promise<T>;
  /** Everything that happened, a line an event. */
  readonly journal: readonly string[];
  stop(): Promise<void>;
}

export async function createDiscordPeer(options: PeerOptions = {}): Promise<DiscordPeer> {
  const now = options.now ?? Date.now;
  const newId = createSnowflakes(now);
  const world = createWorld(options.guilds ?? [{ name: 'Contoso', channels: ['help', 'agents'] }], newId);
  const token = options.token ?? randomBytes(24).toString('base64url');
  const sessionStarts = options.sessionStarts ?? DAILY_STARTS;
  const journal = createJournal();
  const applicationId = world.bot.id;
  let origin = '';
  const gateway = createGateway({
    token,
    journal,
    heartbeatMs: options.heartbeatMs ?? HEARTBEAT_MS,
    sessionStarts,
    now,
    newId,
    ready: () => ({
      data: {
        v: 10,
        user: world.bot,
        resume_gateway_url: origin.replace('http', 'ws'),
        application: { id: applicationId, flags: 0 },
      },
      guilds: [...world.guilds.values()].map((guild) => guildPayload(state, guild)),
    }),
  });
  const ledger = createLedger(applicationId, now);
  const pings: Ping[] = [];
  const commands = new Map<string, JsonObject>();
  const state: PeerState = {
    token,
    applicationId,
    world,
    journal,
    ledger,
    commands,
    pings,
    gateway,
    now,
    newId,
    origin: () => origin,
  };
  const limits = createRateLimits(options.rateLimits ?? {}, options.globalPerSecond, now);
  const routes: readonly Route[] = [
    ...accountRoutes(state, sessionStarts),
    ...commandRoutes(state),
    ...callbackRoutes(state),
    ...webhookRoutes(state),
    ...messageRoutes(state),
    ...threadRoutes(state),
    ...channelRoutes(state, limits),
  ];
  const routeNames = routes.map(routeName);
  const faults = createFaultPlan(() => routeNames);
  const calls: Call[] = [];
  const spec = loadSpecCheck();
  const downloads: ReadonlyMap<string, PeerFile> = world.files;
  const server = createHttpServer({ token, routes, faults, limits, spec, journal, calls, downloads, now });
  server.on('upgrade', gateway.upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  const people = new Map<string, Person>();
  const modals = new Map<string, OpenModal[]>();
  return {
    apiUrl: `${origin}/api`,
    token,
    applicationId,
    botId: world.bot.id,
    checksSpec: spec.available,
    faults,
    gateway,
    pings,
    journal: journal.lines,
    ...inspect(state, calls, routeNames, modals),
    ...moderate(state),
    user(name, wishes = {}) {
      const known = people.get(name);
      if (known !== undefined) return known;
      const user = person(newId(), name);
      world.users.set(user.id, user);
      world.memberRoles.set(
        user.id,
        (wishes.roles ?? []).map((role) => roleId(state, role)),
      );
      if (wishes.dms === 'closed') world.closedToMessages.add(user.id);
      const actor = { user, locale: wishes.locale ?? 'en-US', manager: wishes.manager === true };
      const made = createPerson(state, actor, modals);
      people.set(name, made);
      return made;
    },
    waitFor: journal.waitFor,
    async stop() {
      gateway.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function guildNamed(state: PeerState, name?: string): PeerGuild {
  const guild = [...state.world.guilds.values()].find((one) => name === undefined || one.name === name);
  if (guild === undefined) throw new Error(`no guild ${name}`);
  return guild;
}

function roleId(state: PeerState, name: string): string {
  const roles = [...state.world.guilds.values()].flatMap((guild) => guild.roles);
  const role = roles.find((one) => one.name === name);
  if (role === undefined) throw new Error(`no role ${name}; there are: ${roles.map((one) => one.name)}`);
  return role.id;
}

type Inspection = Pick<
  DiscordPeer,
  | 'guild'
  | 'channel'
  | 'role'
  | 'messages'
  | 'ephemeral'
  | 'threads'
  | 'threadMembers'
  | 'commands'
  | 'modals'
  | 'calls'
>;

function inspect(
  state: PeerState,
  calls: readonly Call[],
  routeNames: readonly string[],
  modals: ReadonlyMap<string, readonly OpenModal[]>,
): Inspection {
  const { world } = state;
  const inChannel = (channelId: string): readonly PeerMessage[] =>
    [...world.messages.values()].filter((message) => message.channel_id === channelId);
  return {
    guild: (name) => guildNamed(state, name),
    channel(name, guildName) {
      const guild = guildNamed(state, guildName);
      const found = [...world.channels.values()].find(
        (one) => one.type === 0 && one.guild_id === guild.id && one.name === name,
      );
      if (found === undefined) throw new Error(`no channel ${name} in ${guild.name}`);
      return found.id;
    },
    role: (name) => roleId(state, name),
    messages: (channelId) => inChannel(channelId).filter((message) => !isEphemeral(message)),
    ephemeral: (channelId, personId) =>
      inChannel(channelId).filter(({ id }) => world.visibleOnlyTo.get(id) === personId),
    threads: (channelId) =>
      [...world.channels.values()].filter(
        (channel): channel is Thread => (channel.type === 11 || channel.type === 12) && channel.parent_id === channelId,
      ),
    threadMembers: (threadId) => [...(world.threadMembers.get(threadId) ?? [])],
    commands(guildName) {
      const scope = guildName === undefined ? undefined : guildNamed(state, guildName).id;
      return [...state.commands.values()].filter((command) => command.guild_id === scope);
    },
    modals: (personId) => modals.get(personId) ?? [],
    calls(route) {
      if (route === undefined) return calls;
      const key = requireRoute(routeNames, route);
      return calls.filter((call) => routeKey(call.route) === key);
    },
  };
}

function moderate(state: PeerState): Pick<DiscordPeer, 'deny' | 'allow' | 'archive' | 'remove'> {
  const { world } = state;
  const overwrite = (channelId: string, change: { readonly allow: bigint } | { readonly deny: bigint }): void => {
    const channel = world.channels.get(channelId);
    if (channel?.type !== 0) throw new Error(`${channelId} is no text channel`);
    const bits = {
      allow: '0',
      deny: '0',
      ...('allow' in change ? { allow: `${change.allow}` } : { deny: `${change.deny}` }),
    };
    const changed = { ...channel, permission_overwrites: [{ id: world.bot.id, type: 1, ...bits }] } as const;
    world.channels.set(channelId, changed);
    state.gateway.dispatch('CHANNEL_UPDATE', changed, channel.guild_id);
  };
  return {
    deny: (channelId, ...permissions) => overwrite(channelId, { deny: bitsOf(permissions) }),
    allow: (channelId, ...permissions) => overwrite(channelId, { allow: bitsOf(permissions) }),
    archive(threadId, locked = false) {
      const thread = world.channels.get(threadId);
      if (thread?.type !== 11 && thread?.type !== 12) throw new Error(`${threadId} is no thread`);
      saveThread(
        state,
        { ...thread, thread_metadata: { ...thread.thread_metadata, archived: true, locked } },
        'THREAD_UPDATE',
      );
    },
    remove(messageId) {
      const message = world.messages.get(messageId);
      if (message === undefined) throw new Error(`no message ${messageId}`);
      world.messages.delete(messageId);
      const channel = world.channels.get(message.channel_id);
      const guild_id = channel === undefined || channel.type === 1 ? undefined : channel.guild_id;
      const place = guild_id === undefined ? {} : { guild_id };
      state.gateway.dispatch('MESSAGE_DELETE', { id: messageId, channel_id: message.channel_id, ...place }, guild_id);
    },
  };
}
