import type { Attachment, Embed, Message } from 'discord.js';

/** All that a message says: its text, what other programs put into embeds, and the messages it forwards. */
export function writtenIn(message: Message): string {
  return [message, ...message.messageSnapshots.values()]
    .flatMap(({ content, embeds }) => [content, ...embeds.flatMap(textsOf)])
    .filter((text) => text !== '')
    .join('\n')
    .trim();
}

/** The files of a message and of the messages it forwards. */
export function filesOf(message: Message): readonly Attachment[] {
  return [message, ...message.messageSnapshots.values()].flatMap(({ attachments }) => [...attachments.values()]);
}

function textsOf({ title, description, fields }: Embed): readonly string[] {
  return [title ?? '', description ?? '', ...fields.map(({ name, value }) => `${name}: ${value}`)];
}
