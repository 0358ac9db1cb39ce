import {
  Client,
  type ClientOptions,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayIntentBits,
  Partials,
  Status,
} from 'discord.js';
import { ConfigError } from '../../src/errors.ts';
import type { Log } from '../../src/ports/log.ts';
import type { DiscordConfig } from '../config.ts';

/** How discord.js identifies its shards. */
export type IdentifyPace = Pick<NonNullable<ClientOptions['ws']>, 'buildIdentifyThrottler'>;

/** No privileged intent: free text is heard in direct messages and where the bot is mentioned. */
const intents = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

/** A client of this process's shards. It resumes by itself after a broken line, and identifies again where Discord wants that. */
export function createClient({ apiUrl, shards }: DiscordConfig, ws: IdentifyPace | undefined, log: Log): Client {
  const client = new Client({
    intents,
    // Without it, discord.js drops the messages of direct channels it has not seen before.
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
    ...(apiUrl === undefined ? {} : { rest: { api: apiUrl } }),
    ...(shards === 'auto' ? { shards } : { shards: [...shards.ids], shardCount: shards.count }),
    ...(ws === undefined ? {} : { ws }),
  });
  client.on(Events.Error, (error) => log.warn({ reason: error.message }, 'discord: gateway'));
  client.on(Events.ShardError, (error, shard) => log.warn({ shard, reason: error.message }, 'discord: shard'));
  client.on(Events.ShardReconnecting, (shard) => log.info({ shard }, 'discord: reconnecting'));
  client.on(Events.Invalidated, () =>
    log.error({}, 'discord: the session was ended for good: restart, or renew the token'),
  );
  surviveMalformed(client, log);
  return client;
}

/**
 * discord.js 14 reads an event before anybody else sees it, and an event without what it expects (seen with interactions
 * without their message) would end the process with an unhandled rejection. Such an event is logged and passed over.
 */
function surviveMalformed(client: Client, log: Log): void {
  const handle: unknown = Reflect.get(client.ws, 'handlePacket');
  if (typeof handle !== 'function') return;
  Reflect.set(client.ws, 'handlePacket', (...given: readonly unknown[]) => {
    try {
      return Reflect.apply(handle, client.ws, given);
    } catch (error) {
      log.error(
        { reason: error instanceof Error ? error.message : String(error) },
        'discord: an event could not be read',
      );
      return false;
    }
  });
}

/** Connects, and resolves when the guilds are known. Throws ConfigError for a token that Discord refuses. */
export async function connect(client: Client, token: string): Promise<void> {
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  try {
    await client.login(token);
  } catch (cause) {
    if (!(cause instanceof DiscordjsError) || cause.code !== DiscordjsErrorCodes.TokenInvalid) throw cause;
    throw new ConfigError('Discord refuses DISCORD_TOKEN: copy the token again from the Developer Portal, Bot.', {
      cause,
    });
  }
  await ready;
}

/** Whether every shard of this process hears Discord. */
export function isHearing(client: Client): boolean {
  return client.isReady() && client.ws.shards.every(({ status }) => status === Status.Ready);
}

/** Whether this process is the one of several that registers commands: the one with the first shard. */
export function holdsFirstShard({ shards }: DiscordConfig): boolean {
  return shards === 'auto' || shards.ids.includes(0);
}
