import type { ChatInputCommandInteraction, MessageContextMenuCommandInteraction } from 'discord.js';
import { commandOptions } from './commands.ts';
import { readFile } from './files.ts';
import { FirstAnswer } from './first-answer.ts';
import { type IntakeParts, languagesOf, originOf, phraseMessage } from './intake.ts';
import { fileLimit } from './limits.ts';

/** `/licence`: the card of a text and a file, private to who asked. Nothing is stored. */
export async function takeLookup(parts: IntakeParts, interaction: ChatInputCommandInteraction): Promise<void> {
  const answer = new FirstAnswer(interaction, parts, 'reply');
  const { locale } = await originOf(parts, interaction, languagesOf(interaction));
  const file = interaction.options.getAttachment(commandOptions.file);
  const text = file === null ? '' : await readFile(file, parts.log);
  if (text === undefined)
    return answer.tell(parts.render(phraseMessage(parts, locale, 'file-unreadable', { limit: fileLimit / 1024 })));
  const query = interaction.options.getString(commandOptions.query) ?? '';
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
