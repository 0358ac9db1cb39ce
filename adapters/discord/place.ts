import type { PlaceStore } from '../../src/ports/place-store.ts';

/** The name of this platform in the place table, the outbox and receipts. */
export const platform = 'discord';

/** What stands for a guild where there is none: a direct message. */
const direct = '@me';

/** A channel of Discord, and the message in it where one is meant. Written `<guild or @me>/<channel>` or `…/<message>`. */
export interface Spot {
  /** Undefined in direct messages. */
  readonly guild: string | undefined;
  readonly channel: string;
  readonly message?: string;
}

export function writeSpot({ guild, channel, message }: Spot): string {
  return [guild ?? direct, channel, ...(message === undefined ? [] : [message])].join('/');
}

export function readSpot(text: string): Spot {
  const [guild = direct, channel = '', message] = text.split('/');
  return { guild: guild === direct ? undefined : guild, channel, ...(message === undefined ? {} : { message }) };
}

/** Where a part of a conversation's place stands. */
export async function findSpot(places: PlaceStore, conversation: string, part: string): Promise<Spot | undefined> {
  const ref = await places.find(platform, conversation, part);
  return ref === undefined ? undefined : readSpot(ref);
}

/** A guild's, or everybody's outside any guild. */
export function workspaceOf(guild: string | null | undefined): string {
  return `${platform}:${guild ?? direct}`;
}

/** Where a person is taken by a press. Source: https://docs.discord.com/developers/reference#message-formatting */
export function linkTo({ guild, channel }: Spot): string {
  return `https://discord.com/channels/${guild ?? direct}/${channel}`;
}

/** The row of the place table, part `current`, that names the conversation a direct channel is about. */
export function directKey(channel: string): string {
  return `direct:${channel}`;
}
