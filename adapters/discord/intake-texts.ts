import type { Message as DiscordMessage } from 'discord.js';
import type { Conversation } from '../../src/conversation/conversation.ts';
import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import { presentSecrets } from '../../src/message/present-secrets.ts';
import type { Origin, Outcome } from '../../src/service/bot.ts';
import { type FilesRead, readFiles, unreadMessages } from './files.ts';
import { type IntakeParts, originOf, phraseMessage } from './intake.ts';
import { filesOf, writtenIn } from './message-text.ts';
import { openingMessage } from './outcomes.ts';
import { missingIn } from './permissions.ts';
import { directKey, platform, writeSpot } from './place.ts';
import { standingBeside, standingButton, standingOf } from './standing.ts';

/** A direct message, or one that mentions the bot: in a place of ours it is the person's words, elsewhere it begins one. */
export async function takeText(parts: IntakeParts, message: DiscordMessage): Promise<void> {
  if (!isForUs(message)) return hearUnread(parts, message);
  const origin = await originOf(parts, { ...sceneOf(message) }, [undefined, message.guild?.preferredLocale]);
  try {
    const files = await readFiles(parts, filesOf(message));
    const text = textOf(message, files);
    const unread = unreadMessages(parts, origin.locale, files);
    const shown = unread.length > 0 && text === '' ? [] : await answersTo(parts, message, origin, text);
    await reply(parts, message, [...unread, ...shown]);
  } catch (error) {
    parts.log.error({ message: message.id, reason: String(error) }, 'discord: a text was not saved');
    await reply(parts, message, [phraseMessage(parts, origin.locale, 'failed-to-save')]);
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

/** What was written, without the mention, and what its files hold. */
function textOf(message: DiscordMessage, { texts }: FilesRead): string {
  const written = writtenIn(message).replaceAll(new RegExp(`<@!?${message.client.user.id}>`, 'g'), ' ');
  return [written.trim(), ...texts].filter((part) => part !== '').join('\n');
}

/** What is said where it was written; what belongs to a conversation is said in its place. */
async function answersTo(
  parts: IntakeParts,
  message: DiscordMessage,
  origin: Origin,
  text: string,
): Promise<readonly Message[]> {
  const conversation = await conversationIn(parts, message);
  const standing = await standingIn(parts, message, origin, text, conversation !== undefined);
  if (standing !== undefined) return [standing];
  if (conversation !== undefined) return saidAt(await parts.bot.write(origin, conversation, text));
  const outcome = await parts.bot.open(origin, text);
  if (outcome.kind === 'turned' && message.guildId !== null) announce(parts, message, outcome.conversation);
  const locale = outcome.kind === 'turned' ? outcome.conversation.locale : origin.locale;
  const secrets = presentSecrets(new Words(parts.knowledge(), locale), text);
  return [...(secrets === undefined ? [] : [secrets]), ...saidAt(outcome)];
}

function saidAt(outcome: Outcome): readonly Message[] {
  return outcome.kind === 'card' || outcome.kind === 'refused' ? [outcome.message] : [];
}

/** A person's open requests. In a server others read along, so it is a button; what stands in a place is the conversation's. */
async function standingIn(
  parts: IntakeParts,
  { guildId }: DiscordMessage,
  origin: Origin,
  text: string,
  inPlace: boolean,
): Promise<Message | undefined> {
  if (guildId === null) return inPlace ? standingBeside(parts, origin, text) : standingOf(parts, origin, text);
  const standing = inPlace ? undefined : await standingOf(parts, origin, text);
  return standing === undefined ? undefined : standingButton(parts, standing.locale);
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

function announce(parts: IntakeParts, message: DiscordMessage, { id, locale }: Conversation): void {
  parts.announcements.expect(id, (opening) => reply(parts, message, [openingMessage(parts, locale, opening)], 'place'));
}

/** Posts where the message stands, each page of an answer once however often the message comes. A failure is logged: no turn depends on it. */
async function reply(
  { render, log }: IntakeParts,
  message: DiscordMessage,
  shown: readonly Message[],
  part: 'said' | 'place' = 'said',
): Promise<void> {
  const { id, channelId, client } = message;
  const pages = shown.flatMap((each) => render(each));
  try {
    for (const [index, page] of pages.entries()) {
      const nonce = `${id}${part.charAt(0)}${index}`;
      const body = { ...page, ...referenceTo(message), nonce, enforce_nonce: true };
      await client.rest.post(`/channels/${channelId}/messages`, { body });
    }
  } catch (error) {
    log.warn({ message: id, reason: String(error) }, 'discord: a reply was not taken');
  }
}

/**
 * Among what others write, an answer shows what it answers: that takes the right to read what was written before.
 * Source: https://docs.discord.com/developers/resources/message#create-message
 */
function referenceTo({ id, guildId, channelId, client }: DiscordMessage): object {
  const may = guildId !== null && missingIn(client, channelId, ['history']).length === 0;
  return may ? { message_reference: { message_id: id, fail_if_not_exists: false } } : {};
}
