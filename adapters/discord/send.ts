import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import { refusalOf } from './faults.ts';
import { errors } from './limits.ts';
import type { ExpandKey } from './markdown.ts';
import type { Spot } from './place.ts';
import { type Payload, renderMessage } from './render.ts';
import type { DiscordRest } from './rest.ts';

/** Renders a message with the words and keys of the knowledge that serves now. */
export type Render = (message: Message) => readonly [Payload, ...Payload[]];

export function createRender(knowledge: () => Knowledge, expandKey: ExpandKey): Render {
  return (message) =>
    renderMessage(message, { expandKey, choose: new Words(knowledge(), message.locale).label('choose') });
}

/**
 * Sends the pages of a delivery one after the other and returns where the last stands. Each carries the delivery's id as its
 * nonce, so that a page that has arrived is not shown again by another try.
 */
export async function sendPages(
  rest: DiscordRest,
  to: Spot,
  [first, ...more]: ReturnType<Render>,
  delivery: string,
): Promise<Spot> {
  let { id: message } = await rest.post(to.channel, first, delivery);
  for (const [index, page] of more.entries())
    message = (await rest.post(to.channel, page, `${delivery}-${index + 1}`)).id;
  return { ...to, message };
}

/** Edits a message, in an archived thread too. False where it is gone. */
export async function edit(rest: DiscordRest, { channel, message }: Spot, page: Payload): Promise<boolean> {
  if (message === undefined) return false;
  try {
    await rest.edit(channel, message, page);
    return true;
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === errors.unknownMessage || refusal === errors.unknownChannel) return false;
    if (refusal !== errors.archived) throw error;
    await rest.setArchived(channel, false);
    await rest.edit(channel, message, page);
    return true;
  }
}
