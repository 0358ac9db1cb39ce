import { PermissionsBitField, REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Words } from '../../src/message/phrases.ts';
import type { DiscordConfig } from '../config.ts';
import { type Finding, ill, well } from '../finding.ts';
import { readFault } from './faults.ts';
import { times } from './limits.ts';
import { permissionNames, permissions, wanted } from './permissions.ts';

const about = 'Discord';

const Application = z.object({ id: z.string(), name: z.string() });
const Gateway = z.object({ shards: z.number(), session_start_limit: z.object({ remaining: z.number() }) });
/** `permissions` are those of the bot in the whole server, before its channels change them. */
const Servers = z.array(z.object({ name: z.string(), permissions: z.string() }));
/** The most Discord gives in one answer: https://docs.discord.com/developers/resources/user#get-current-user-guilds */
const serversAtOnce = 200;

/** Asks Discord who the token is, whether it may connect, and what it may do in its servers. Changes nothing; never throws. */
export async function examineDiscord(config: DiscordConfig, words: Words): Promise<readonly Finding[]> {
  const { token, apiUrl, applicationId } = config;
  const rest = new REST({
    ...(apiUrl === undefined ? {} : { api: apiUrl }),
    retries: 0,
    timeout: times.callTimeoutMs,
  }).setToken(token);
  try {
    const application = Application.parse(await rest.get(Routes.currentApplication()));
    if (application.id !== applicationId)
      return [ill(about, `DISCORD_APPLICATION_ID is not the application of the token, which is ${application.id}`)];
    const { shards, session_start_limit: starts } = Gateway.parse(await rest.get(Routes.gatewayBot()));
    const query = new URLSearchParams({ limit: String(serversAtOnce) });
    const servers = Servers.parse(await rest.get(Routes.userGuilds(), { query }));
    return [
      starts.remaining < shards
        ? ill(about, 'no start of a connection is left today: something starts the bot again and again')
        : well(
            about,
            `${application.name} may connect, in ${servers.length} ${servers.length === 1 ? 'server' : 'servers'}`,
          ),
      ...servers.flatMap(({ name, permissions: held }) => lackIn(name, new PermissionsBitField(BigInt(held)), words)),
    ];
  } catch (error) {
    const fault = readFault(error);
    return [
      ill(
        about,
        fault.kind === 'refused'
          ? `DISCORD_TOKEN is refused (${fault.reason}): copy it again from the Developer Portal, Bot`
          : 'gives no answer that can be read: look at the network, and at DISCORD_API_URL',
      ),
    ];
  }
}

function lackIn(server: string, held: PermissionsBitField, words: Words): readonly Finding[] {
  const missing = wanted.filter((permission) => !held.has(permissions[permission]));
  return missing.length === 0
    ? []
    : [ill(about, `in ${server} the bot lacks ${permissionNames(words, missing)}: give its role these permissions`)];
}
