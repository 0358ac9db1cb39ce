import { refusals } from '../api-error.ts';
import type { Route } from '../http-server.ts';
import { type JsonObject, textIn } from '../json.ts';
import type { PeerState } from '../state.ts';
import { memberOf, type PeerGuild } from '../world.ts';

/** Who the bot is, where its gateway is, who is in its guilds. */
export function accountRoutes(state: PeerState, sessionStarts: number): readonly Route[] {
  const { world } = state;
  const application = {
    id: state.applicationId,
    name: 'licence-desk',
    icon: null,
    description: '',
    bot_public: true,
    flags: 0,
  };
  const guild = (id: string | undefined): PeerGuild => {
    const found = world.guilds.get(id ?? '');
    if (found === undefined) throw refusals.unknownGuild();
    return found;
  };
  return [
    {
      method: 'GET',
      path: '/gateway/bot',
      auth: 'bot',
      handle: () => ({
        status: 200,
        body: {
          url: state.origin().replace('http', 'ws'),
          shards: 1,
          session_start_limit: {
            total: sessionStarts,
            remaining: state.gateway.startsLeft,
            reset_after: 14_400_000,
            max_concurrency: 1,
          },
        },
      }),
    },
    { method: 'GET', path: '/users/@me', auth: 'bot', handle: () => ({ status: 200, body: world.bot }) },
    { method: 'GET', path: '/applications/@me', auth: 'bot', handle: () => ({ status: 200, body: application }) },
    {
      method: 'GET',
      path: '/oauth2/applications/@me',
      auth: 'bot',
      handle: () => ({ status: 200, body: application }),
    },
    {
      method: 'GET',
      path: '/users/@me/guilds',
      auth: 'bot',
      handle: () => ({ status: 200, body: [...world.guilds.values()].map(joinedGuild) }),
    },
    {
      method: 'POST',
      path: '/users/@me/channels',
      auth: 'bot',
      handle: ({ body }) => ({ status: 200, body: openDirectChannel(state, textIn(body, 'recipient_id') ?? '') }),
    },
    {
      method: 'GET',
      path: '/guilds/:guild_id/members/:user_id',
      auth: 'bot',
      handle: ({ params }) => {
        guild(params.guild_id);
        const user = world.users.get(params.user_id ?? '');
        if (user === undefined) throw refusals.unknownMember();
        return { status: 200, body: memberOf(world, user) };
      },
    },
    {
      method: 'GET',
      path: '/guilds/:guild_id/roles',
      auth: 'bot',
      handle: ({ params }) => ({ status: 200, body: guild(params.guild_id).roles.map(roleOf) }),
    },
    {
      method: 'GET',
      path: '/guilds/:guild_id',
      auth: 'bot',
      handle: ({ params }) => ({ status: 200, body: guildPayload(state, guild(params.guild_id)) }),
    },
  ];
}

/** The direct channel with a person: always the same one. Throws 10013 for a stranger. */
export function openDirectChannel(state: PeerState, userId: string): JsonObject & { readonly id: string } {
  const { world } = state;
  const user = world.users.get(userId);
  if (user === undefined) throw refusals.unknownUser();
  const known = [...world.channels.values()].find(
    (channel) => channel.type === 1 && channel.recipients.some(({ id }) => id === userId),
  );
  if (known !== undefined) return { ...known };
  const channel = { type: 1, id: state.newId(), recipients: [user] } as const;
  world.channels.set(channel.id, channel);
  return { ...channel, last_message_id: null, flags: 0 };
}

/** A guild as GUILD_CREATE carries it. */
export function guildPayload(state: PeerState, guild: PeerGuild): JsonObject & { readonly id: string } {
  const { world } = state;
  const channels = [...world.channels.values()];
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    owner_id: guild.id,
    preferred_locale: guild.locale,
    roles: guild.roles.map(roleOf),
    channels: channels.filter((channel) => channel.type === 0 && channel.guild_id === guild.id),
    threads: channels.filter(
      (channel) =>
        (channel.type === 11 || channel.type === 12) &&
        channel.guild_id === guild.id &&
        !channel.thread_metadata.archived,
    ),
    members: [memberOf(world, world.bot)],
    member_count: world.users.size,
    joined_at: '2026-01-01T00:00:00.000000+00:00',
    large: false,
    unavailable: false,
    verification_level: 0,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    premium_tier: 0,
    system_channel_flags: 0,
    features: [],
    emojis: [],
    stickers: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** A guild as the list of one's own guilds shows it. */
function joinedGuild({ id, name, roles }: PeerGuild): JsonObject {
  const permissions = roles.find((role) => role.id === id)?.permissions ?? '0';
  return { id, name, icon: null, banner: null, owner: false, permissions, features: [] };
}

function roleOf(role: PeerGuild['roles'][number], position: number): JsonObject {
  return { ...role, color: 0, hoist: false, icon: null, position, managed: false, mentionable: true, flags: 0 };
}
