import type { JsonObject } from './json.ts';
import type { PeerMessage } from './messages.ts';
import { bitsOf, everyonePermissions, type Permission } from './permissions.ts';

const DISCORD_EPOCH_MS = 1_420_070_400_000n;

export interface PeerUser {
  readonly id: string;
  readonly username: string;
  readonly discriminator: '0';
  readonly global_name: string | null;
  readonly avatar: null;
  readonly bot: boolean;
}

export interface Overwrite {
  readonly id: string;
  readonly type: 0 | 1;
  readonly allow: string;
  readonly deny: string;
}

export interface TextChannel {
  readonly type: 0;
  readonly id: string;
  readonly guild_id: string;
  readonly name: string;
  readonly topic: string | null;
  readonly position: number;
  readonly parent_id: null;
  readonly nsfw: false;
  readonly permission_overwrites: readonly Overwrite[];
}

export interface DirectChannel {
  readonly type: 1;
  readonly id: string;
  readonly recipients: readonly PeerUser[];
}

/** A public (11) or private (12) thread. */
export interface Thread {
  readonly type: 11 | 12;
  readonly id: string;
  readonly guild_id: string;
  readonly parent_id: string;
  readonly owner_id: string;
  readonly name: string;
  readonly rate_limit_per_user: number;
  readonly thread_metadata: {
    readonly archived: boolean;
    readonly locked: boolean;
    readonly invitable: boolean;
    readonly auto_archive_duration: number;
    readonly archive_timestamp: string;
    readonly create_timestamp: string;
  };
}

export type PeerChannel = TextChannel | DirectChannel | Thread;

export interface PeerGuild {
  readonly id: string;
  readonly name: string;
  readonly locale: string;
  readonly roles: readonly { readonly id: string; readonly name: string; readonly permissions: string }[];
}

/** What a test says about a guild. The first one is used where a name is not given. */
export interface GuildPlan {
  readonly name: string;
  /** Discord's `preferred_locale`; `en-US` unless given. */
  readonly locale?: string;
  readonly channels: readonly string[];
  readonly roles?: readonly string[];
  /** What nobody may do in the whole guild. */
  readonly denied?: readonly Permission[];
}

export interface PeerFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** Everything the peer remembers about guilds and people. Entries are replaced, never edited in place. */
export interface World {
  readonly bot: PeerUser;
  readonly guilds: ReadonlyMap<string, PeerGuild>;
  readonly users: Map<string, PeerUser>;
  /** Roles of a person, by user id. */
  readonly memberRoles: Map<string, readonly string[]>;
  readonly channels: Map<string, PeerChannel>;
  readonly threadMembers: Map<string, Set<string>>;
  readonly messages: Map<string, PeerMessage>;
  /** Who alone sees an ephemeral message, by message id. */
  readonly visibleOnlyTo: Map<string, string>;
  readonly files: Map<string, PeerFile>;
  readonly closedToMessages: Set<string>;
}

/** Makes ids that carry a time, as Discord's do. `atMs` is for an event that is told late. */
export function createSnowflakes(now: () => number): (atMs?: number) => string {
  let count = 0n;
  return (atMs = now()) => {
    count += 1n;
    return (((BigInt(atMs) - DISCORD_EPOCH_MS) << 22n) | (count & 0x3fffffn)).toString();
  };
}

/** Guilds are made a millisecond apart: the time in its id decides a guild's shard, and neighbours are on different ones. */
export function createWorld(plans: readonly GuildPlan[], newId: (atMs?: number) => string, now: () => number): World {
  const bot: PeerUser = { ...person(newId(), 'licence-desk'), bot: true };
  const guilds = new Map<string, PeerGuild>();
  const channels = new Map<string, PeerChannel>();
  const madeAt = now();
  for (const [index, plan] of plans.entries()) {
    const id = newId(madeAt - index);
    const permissions = everyonePermissions & ~bitsOf(plan.denied ?? []);
    const everyone = { id, name: '@everyone', permissions: permissions.toString() };
    const roles = (plan.roles ?? []).map((name) => ({ id: newId(), name, permissions: '0' }));
    guilds.set(id, { id, name: plan.name, locale: plan.locale ?? 'en-US', roles: [everyone, ...roles] });
    for (const [position, name] of plan.channels.entries()) {
      const channel = { type: 0, id: newId(), guild_id: id, name, topic: null, position } as const;
      channels.set(channel.id, { ...channel, parent_id: null, nsfw: false, permission_overwrites: [] });
    }
  }
  return {
    bot,
    guilds,
    users: new Map([[bot.id, bot]]),
    memberRoles: new Map(),
    channels,
    threadMembers: new Map(),
    messages: new Map(),
    visibleOnlyTo: new Map(),
    files: new Map(),
    closedToMessages: new Set(),
  };
}

export function person(id: string, username: string): PeerUser {
  return { id, username, discriminator: '0', global_name: username, avatar: null, bot: false };
}

/** A member as the API shows it, with the `user` inside. */
export function memberOf(world: World, user: PeerUser): JsonObject {
  return {
    user,
    nick: null,
    avatar: null,
    banner: null,
    roles: world.memberRoles.get(user.id) ?? [],
    joined_at: '2026-01-01T00:00:00.000000+00:00',
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  };
}

export function guildOf(channel: PeerChannel): string | undefined {
  return channel.type === 1 ? undefined : channel.guild_id;
}
