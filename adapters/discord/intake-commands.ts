import type { ChatInputCommandInteraction, MessageContextMenuCommandInteraction } from 'discord.js';
import { readStartAddress } from '../../src/message/address.ts';
import type { Message } from '../../src/message/message.ts';
import type { Origin } from '../../src/service/bot.ts';
import { commandOptions } from './commands.ts';
import { type DiscordFile, readFiles, unreadMessages } from './files.ts';
import { FirstAnswer } from './first-answer.ts';
import { type IntakeParts, languagesOf, originOf, phraseMessage } from './intake.ts';
import { filesOf, writtenIn } from './message-text.ts';
import { standingAt, standingOf } from './standing.ts';

type Command = ChatInputCommandInteraction | MessageContextMenuCommandInteraction;

/** `/licence`: the card of a text and a file, private to who asked. Nothing is stored. */
export function takeLookup(parts: IntakeParts, interaction: ChatInputCommandInteraction): Promise<void> {
  const file = interaction.options.getAttachment(commandOptions.file);
  const query = interaction.options.getString(commandOptions.query) ?? '';
  return answer(parts, interaction, async (origin) => {
    // What was chosen while typing says nothing that the file does not say better.
    if (file !== null) return looked(parts, origin, readStartAddress(query) === undefined ? query : '', [file]);
    const standing = (await standingOf(parts, origin, query)) ?? (await standingAt(parts, origin, query));
    return standing === undefined ? looked(parts, origin, query, []) : [standing];
  });
}

/** *Diagnose this message*: the card of somebody's message and its files, private to who asked. */
export function takeDiagnosis(parts: IntakeParts, interaction: MessageContextMenuCommandInteraction): Promise<void> {
  const { targetMessage } = interaction;
  return answer(parts, interaction, (origin) =>
    looked(parts, origin, writtenIn(targetMessage), filesOf(targetMessage)),
  );
}

async function answer(
  parts: IntakeParts,
  interaction: Command,
  find: (origin: Origin) => Promise<readonly Message[]>,
): Promise<void> {
  const first = new FirstAnswer(interaction, parts, 'reply');
  const origin = await originOf(parts, interaction, languagesOf(interaction));
  const failed = (error: unknown) => {
    parts.log.error({ interaction: interaction.id, reason: String(error) }, 'discord: a command was not answered');
    return [phraseMessage(parts, origin.locale, 'failed-to-look')];
  };
  const [shown, ...more] = (await find(origin).catch(failed)).flatMap((message) => parts.render(message));
  if (shown !== undefined) await first.tell([shown, ...more]);
}

/** What could not be read of all that was sent, and the card of the rest. Where nothing else was sent, there is no card. */
async function looked(
  parts: IntakeParts,
  origin: Origin,
  written: string,
  files: readonly DiscordFile[],
): Promise<readonly Message[]> {
  const { locale } = origin;
  const read = await readFiles(parts, files);
  const text = [written, ...read.texts].filter((part) => part !== '').join('\n');
  const unread = unreadMessages(parts, locale, read);
  if (unread.length > 0 && read.texts.length === 0 && text === '') return unread;
  const chosen = await cardAt(parts, origin, text);
  return [...unread, chosen ?? parts.bot.lookUp(text, locale)];
}

/** A card that was chosen while typing: the choice carries its address. Any other address begins nothing here. */
async function cardAt({ bot }: IntakeParts, origin: Origin, text: string): Promise<Message | undefined> {
  const start = readStartAddress(text);
  if (start === undefined) return undefined;
  if (start.kind !== 'en' && start.kind !== 'ja') return bot.lookUp('', origin.locale);
  const outcome = await bot.press(origin, text);
  return outcome.kind === 'card' ? outcome.message : undefined;
}
