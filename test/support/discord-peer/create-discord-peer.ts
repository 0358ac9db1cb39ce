import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { createFaultPlan, type FaultPlan } from './faults.ts';
import { createGateway, type GatewayControl } from './gateway.ts';
import { type Call, createHttpServer, type Route, routeName } from './http-server.ts';
import { type Inspection, inspect, roleId } from './inspection.ts';
import { createLedger } from './interactions.ts';
import { createJournal } from './journal.ts';
import type { JsonObject } from './json.ts';
import type { OpenModal } from './modal-input.ts';
import { type Moderation, moderate } from './moderation.ts';
import { createPerson, type Person } from './person.ts';
import { createRateLimits, type RateLimit } from './rate-limits.ts';
import { accountRoutes, guildPayload } from './routes/account-routes.ts';
import { callbackRoutes } from './routes/callback-routes.ts';
import { channelRoutes } from './routes/channel-routes.ts';
import { commandRoutes } from './routes/command-routes.ts';
import { messageRoutes } from './routes/message-routes.ts';
import { threadRoutes } from './routes/thread-routes.ts';
import { webhookRoutes } from './routes/webhook-routes.ts';
import { loadSpecCheck } from './spec-check.ts';
import type { PeerState, Ping } from './state.ts';
import { createSnowflakes, createWorld, type GuildPlan, type PeerFile, person } from './world.ts';

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
export interface DiscordPeer extends Inspection, Moderation {
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
  /** The person of that name; the first call decides who they are. */
  user(name: string, options?: PersonOptions): Person;
  /** Resolves with the first truthy result; asked after every event, and rejects with what was seen instead. */
  waitFor<T>(predicate: () => T | undefined | false, timeoutMs?: number): Promise<T>;
  /** Everything that happened, a line an event. */
  readonly journal: readonly string[];
  stop(): Promise<void>;
}

export async function createDiscordPeer(options: PeerOptions = {}): Promise<DiscordPeer> {
  const now = options.now ?? Date.now;
  const newId = createSnowflakes(now);
  const world = createWorld(options.guilds ?? [{ name: 'Contoso', channels: ['help', 'agents'] }], newId, now);
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
