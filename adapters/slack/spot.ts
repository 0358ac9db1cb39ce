import type { PlaceStore } from '../../src/ports/place-store.ts';
import { platform } from './platform.ts';

/**
 * A place in Slack as one text, for venues and the place table: `<installation>/<channel>` or, for a thread or message,
 * `<installation>/<channel>/<ts>`. The channel `@U1` is the direct conversation with that person, wherever it turns out to be.
 */
export interface Spot {
  /** The team, or the organisation, whose token posts there. */
  readonly installation: string;
  readonly channel: string;
  readonly ts: string | undefined;
}

export function writeSpot({ installation, channel, ts }: Spot): string {
  return ts === undefined ? `${installation}/${channel}` : `${installation}/${channel}/${ts}`;
}

export function readSpot(text: string): Spot {
  const [installation = '', channel = '', ts] = text.split('/');
  return { installation, channel, ts };
}

/** The channel that stands for the direct conversation with a person. */
export function directWith(user: string): string {
  return `@${user}`;
}

/** The person of such a channel. */
export function directPerson(channel: string): string | undefined {
  return channel.startsWith('@') ? channel.slice(1) : undefined;
}

/** Whether a channel's id is that of a direct conversation. */
export function isDirect(channel: string): boolean {
  return channel.startsWith('D') || channel.startsWith('@');
}

/** Where a part of a conversation's place stands. */
export async function findSpot(places: PlaceStore, conversation: string, part: string): Promise<Spot | undefined> {
  const ref = await places.find(platform, conversation, part);
  return ref === undefined ? undefined : readSpot(ref);
}
