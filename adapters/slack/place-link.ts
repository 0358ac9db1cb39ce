import type { Conversation } from '../../src/conversation/conversation.ts';
import { readFault } from './faults.ts';
import type { IntakeParts } from './intake.ts';
import { findSpot, type Spot } from './spot.ts';
import type { SlackWeb } from './web.ts';

/** The address of a conversation's head message; undefined while it has none, or where Slack does not tell. */
export async function placeUrl({ places, web }: IntakeParts, { id }: Conversation): Promise<string | undefined> {
  const head = await findSpot(places, id, 'head');
  return head && permalink(web, head);
}

/** The address of a message; undefined where Slack does not tell. */
export async function permalink(web: SlackWeb, { installation, channel, ts = '' }: Spot): Promise<string | undefined> {
  try {
    const client = await web.client(installation);
    return (await client.chat.getPermalink({ channel, message_ts: ts })).permalink;
  } catch (error) {
    readFault(error);
    return undefined;
  }
}
