import type { Message as DiscordMessage } from 'discord.js';
import type { Message } from '../../src/message/message.ts';
import type { Origin, Outcome } from '../../src/service/bot.ts';
import { readFile } from './files.ts';
import { type IntakeParts, originOf, phraseMessage } from './intake.ts';
import { placeMessage } from './outcomes.ts';
import { directKey, platform, writeSpot } from './place.ts';
import { noMentions } from './render.ts';
import { standingOf } from './standing.ts';

/** A direct message, or one that mentions the bot: in a place of ours it is the person's words, elsewhere it begins one. */
export async function takeText(parts: IntakeParts, message: DiscordMessage): Promise<void> {
  if (!isForUs(message)) return hearUnread(parts, message);
  const origin = await originOf(parts, { ...sceneOf(message) }, [undefined, message.guild?.preferredLocale]);
  try {
    const text = await textOf(parts, message);
    const conversation = await conversationIn(parts, message);
    const standing = conversation === undefined ? await standingOf(parts, origin, text) : undefined;
    if (standing !== undefined) return await reply(parts, message, standing);
    const outcome =
      conversation === undefined
        ? await parts.bot.open(origin, text)
        : await parts.bot.write(origin, conversation, text);
    await showOutcome(parts, message, origin, outcome, conversation !== undefined);
  } catch (error) {
    parts.log.error({ message: message.id, reason: String(error) }, 'discord: a text was not saved');
    await reply(parts, message, phraseMessage(parts, origin.locale, 'failed-to-save'));
  }
}

/** Without a mention Discord tells who wrote, and not what: in a thread of ours that is a sign of life. */
async function hearUnread(parts: IntakeParts, message: DiscordMessage): Promise<void> {
  const { author, system, channel, client } = message;
  if (author.bot || system || !channel.isThread() || channel.ownerId !== client.user.id) return;
  try {
    const conversation = await conversationIn(parts, message);
    if (conversation !== undefined) await parts.bot.hearWord(await originOf(parts, sceneOf(message), []), conversation);
  } catch (error) {
    parts.log.warn({ message: message.id, reason: String(error) }, 'discord: a sign of life was not noted');
  }
}

function isForUs({ author, system, client, mentions, guildId }: DiscordMessage): boolean {
  if (author.bot || system) return false;
  return guildId === null || mentions.users.has(client.user.id);
}

function sceneOf({ id, author: user, member, guildId, channelId, channel }: DiscordMessage) {
  return { id, user, member, guildId, channelId, channel };
}

/** What was written, without the mention, and what its first file holds. */
async function textOf({ log }: IntakeParts, { content, client, attachments }: DiscordMessage): Promise<string> {
  const written = content.replaceAll(new RegExp(`<@!?${client.user.id}>`, 'g'), ' ').trim();
  const file = attachments.first();
  const text = file === undefined ? undefined : await readFile(file, log);
  return text === undefined ? written : `${written}\n${text}`;
}

/** The conversation a thread holds, or the newest of a direct channel that is still open. */
async function conversationIn(
  { places, store }: IntakeParts,
  { guildId, channelId }: DiscordMessage,
): Promise<string | undefined> {
  if (guildId !== null)
    return places.conversationAt(platform, 'thread', writeSpot({ guild: guildId, channel: channelId }));
  const id = await places.find(platform, directKey(channelId), 'current');
  const conversation = id === undefined ? undefined : await store.load(id);
  return conversation?.state === 'open' ? conversation.id : undefined;
}

async function showOutcome(
  parts: IntakeParts,
  message: DiscordMessage,
  { locale }: Origin,
  outcome: Outcome,
  inPlace: boolean,
): Promise<void> {
  if (outcome.kind === 'card' || outcome.kind === 'refused') return reply(parts, message, outcome.message);
  if (outcome.kind !== 'turned' || inPlace || message.guildId === null) return;
  const spoken = outcome.conversation.locale ?? locale;
  parts.announcements.expect(outcome.conversation.id, async (thread) => {
    await reply(parts, message, placeMessage(parts, spoken, thread));
  });
}

async function reply(parts: IntakeParts, message: DiscordMessage, shown: Message): Promise<void> {
  for (const page of parts.render(shown)) await send(parts, message, page);
}

/** Posts where the message stands. A failure is logged: no turn depends on it. */
async function send({ log }: IntakeParts, { channelId, client, id }: DiscordMessage, body: object): Promise<void> {
  try {
    await client.rest.post(`/channels/${channelId}/messages`, { body: { ...body, allowed_mentions: noMentions } });
  } catch (error) {
    log.warn({ message: id, reason: String(error) }, 'discord: a reply was not taken');
  }
}
