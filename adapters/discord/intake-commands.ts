import type { ChatInputCommandInteraction, MessageContextMenuCommandInteraction } from 'discord.js';
import { readStartAddress } from '../../src/message/address.ts';
import type { Origin } from '../../src/service/bot.ts';
import { commandOptions } from './commands.ts';
import { readFile } from './files.ts';
import { FirstAnswer } from './first-answer.ts';
import { type IntakeParts, languagesOf, originOf, phraseMessage } from './intake.ts';
import { fileLimit } from './limits.ts';
import { standingOf } from './standing.ts';

/** `/licence`: the card of a text and a file, private to who asked. Nothing is stored. */
export async function takeLookup(parts: IntakeParts, interaction: ChatInputCommandInteraction): Promise<void> {
  const answer = new FirstAnswer(interaction, parts, 'reply');
  const origin = await originOf(parts, interaction, languagesOf(interaction));
  const { locale } = origin;
  const file = interaction.options.getAttachment(commandOptions.file);
  const text = file === null ? '' : await readFile(file, parts.log);
  if (text === undefined)
    return answer.tell(parts.render(phraseMessage(parts, locale, 'file-unreadable', { limit: fileLimit / 1024 })));
  const query = interaction.options.getString(commandOptions.query) ?? '';
  if (readStartAddress(query) !== undefined) return takeChosen(parts, answer, origin, query);
  const standing = file === null ? await standingOf(parts, origin, query) : undefined;
  if (standing !== undefined) return answer.tell(parts.render(standing));
  await answer.tell(parts.render(parts.bot.lookUp(text === '' ? query : `${query}\n${text}`, locale)));
}

/** *Diagnose this message*: the card of somebody's message and its first file, private to who asked. */
export async function takeDiagnosis(
  parts: IntakeParts,
  interaction: MessageContextMenuCommandInteraction,
): Promise<void> {
  const answer = new FirstAnswer(interaction, parts, 'reply');
  const { locale } = await originOf(parts, interaction, languagesOf(interaction));
  const { content, attachments } = interaction.targetMessage;
  const file = attachments.first();
  const text = file === undefined ? undefined : await readFile(file, parts.log);
  await answer.tell(parts.render(parts.bot.lookUp([content, text ?? ''].join('\n').trim(), locale)));
}

/** A card that was chosen while typing: the choice carries its address. */
async function takeChosen(parts: IntakeParts, answer: FirstAnswer, origin: Origin, address: string): Promise<void> {
  const kind = readStartAddress(address)?.kind;
  if (kind !== 'en' && kind !== 'ja') return answer.tell(parts.render(parts.bot.lookUp('', origin.locale)));
  const outcome = await parts.bot.press(origin, address);
  if (outcome.kind === 'card') await answer.tell(parts.render(outcome.message));
}
