import { refusals } from './api-error.ts';
import type { PeerChannel, TextChannel, Thread, World } from './world.ts';

/** Bits from Discord's "Permissions" page. */
export const permissionBits = {
  MANAGE_CHANNELS: 1n << 4n,
  MANAGE_GUILD: 1n << 5n,
  VIEW_CHANNEL: 1n << 10n,
  SEND_MESSAGES: 1n << 11n,
  MANAGE_MESSAGES: 1n << 13n,
  EMBED_LINKS: 1n << 14n,
  ATTACH_FILES: 1n << 15n,
  READ_MESSAGE_HISTORY: 1n << 16n,
  MANAGE_THREADS: 1n << 34n,
  CREATE_PUBLIC_THREADS: 1n << 35n,
  CREATE_PRIVATE_THREADS: 1n << 36n,
  SEND_MESSAGES_IN_THREADS: 1n << 38n,
} as const;
export type Permission = keyof typeof permissionBits;

/** What `@everyone` holds in the peer's guilds: everything a help-desk bot asks for, and nothing that manages. */
export const everyonePermissions = bitsOf([
  'VIEW_CHANNEL',
  'SEND_MESSAGES',
  'EMBED_LINKS',
  'ATTACH_FILES',
  'READ_MESSAGE_HISTORY',
  'CREATE_PUBLIC_THREADS',
  'CREATE_PRIVATE_THREADS',
  'SEND_MESSAGES_IN_THREADS',
]);

export function bitsOf(permissions: readonly Permission[]): bigint {
  return permissions.reduce((bits, name) => bits | permissionBits[name], 0n);
}

/** The bot's bits in a channel; those of its parent for a thread, all of them in a direct message. */
export function botPermissions(world: World, channel: PeerChannel): bigint {
  if (channel.type === 1) return ~0n;
  const home = channel.type === 0 ? channel : parentOf(world, channel);
  const own = home.permission_overwrites.find((overwrite) => overwrite.id === world.bot.id);
  const everyone = world.guilds.get(home.guild_id)?.roles.find(({ id }) => id === home.guild_id);
  return (BigInt(everyone?.permissions ?? 0) & ~BigInt(own?.deny ?? 0)) | BigInt(own?.allow ?? 0);
}

export function botMay(world: World, channel: PeerChannel, permission: Permission): boolean {
  return (botPermissions(world, channel) & permissionBits[permission]) !== 0n;
}

/** Throws 50001 where the bot cannot see the channel, 50013 where it lacks the permission. */
export function requireBot(world: World, channel: PeerChannel, ...permissions: readonly Permission[]): void {
  if (!botMay(world, channel, 'VIEW_CHANNEL') || !seesThread(world, channel)) throw refusals.missingAccess();
  if (!permissions.every((permission) => botMay(world, channel, permission))) throw refusals.missingPermissions();
}

function seesThread(world: World, channel: PeerChannel): boolean {
  if (channel.type !== 12) return true;
  return world.threadMembers.get(channel.id)?.has(world.bot.id) === true || botMay(world, channel, 'MANAGE_THREADS');
}

export function parentOf(world: World, thread: Thread): TextChannel {
  const parent = world.channels.get(thread.parent_id);
  if (parent?.type !== 0) throw refusals.unknownChannel();
  return parent;
}
