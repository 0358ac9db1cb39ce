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

/** Answers after which a message stays as it is: it is gone, or its thread is locked. */
const unchangeable: readonly number[] = [errors.unknownMessage, errors.unknownChannel, errors.missingPermissions];

/** Edits the last page of a message, which holds the buttons, in an archived thread too. False where it cannot be changed. */
export async function edit(rest: DiscordRest, { channel, message }: Spot, pages: ReturnType<Render>): Promise<boolean> {
  const page = pages.at(-1) ?? pages[0];
  if (message === undefined) return false;
  try {
    await inOpenThread(rest, channel, () => rest.edit(channel, message, page));
    return true;
  } catch (error) {
    if (unchangeable.includes(refusalOf(error) ?? 0)) return false;
    throw error;
  }
}

/** Does something in a thread, which is opened first where it was archived. */
export async function inOpenThread(rest: DiscordRest, thread: string, act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (refusalOf(error) !== errors.archived) throw error;
    await rest.setArchived(thread, false);
    await act();
  }
}
