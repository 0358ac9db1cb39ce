import { type Client, PermissionFlagsBits } from 'discord.js';
import type { PlaceKind } from '../../src/conversation/workspace.ts';
import type { Words } from '../../src/message/phrases.ts';

/** A permission the bot needs somewhere, by the name its phrase has. Bits: https://docs.discord.com/developers/topics/permissions */
export const permissions = {
  view: PermissionFlagsBits.ViewChannel,
  send: PermissionFlagsBits.SendMessages,
  'private-threads': PermissionFlagsBits.CreatePrivateThreads,
  'public-threads': PermissionFlagsBits.CreatePublicThreads,
  'thread-send': PermissionFlagsBits.SendMessagesInThreads,
  history: PermissionFlagsBits.ReadMessageHistory,
} as const;
export type Permission = keyof typeof permissions;

/** What opening a place of a kind takes. */
export const neededFor: Readonly<Record<PlaceKind, readonly Permission[]>> = {
  private: ['view', 'private-threads', 'thread-send'],
  public: ['view', 'send', 'public-threads', 'thread-send'],
  direct: [],
};

/** All that the bot uses in a channel where requests begin. */
export const wanted: readonly Permission[] = [
  'view',
  'send',
  'private-threads',
  'public-threads',
  'thread-send',
  'history',
];

/** Which of the permissions the bot lacks in a channel, as the gateway last told; none where it has told nothing. */
export function missingIn(client: Client, channel: string, asked: readonly Permission[]): readonly Permission[] {
  const known = client.channels.cache.get(channel);
  if (known === undefined || known.isDMBased() || client.user === null) return [];
  const held = known.permissionsFor(client.user);
  return held === null ? [] : asked.filter((permission) => !held.has(permissions[permission]));
}

/** The permissions by the names a moderator sees. */
export function permissionNames(words: Words, list: readonly Permission[]): string {
  return list.map((permission) => words.label(`permission-${permission}`)).join(', ');
}
