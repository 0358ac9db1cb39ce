import type { MessageComponentInteraction } from 'discord.js';
import { localeOfMessage, readCustomId } from './custom-id.ts';
import { FirstAnswer } from './first-answer.ts';
import { type IntakeParts, languagesOf, originOf, phraseMessage } from './intake.ts';
import { openForm } from './intake-forms.ts';
import { takeSetting } from './intake-settings.ts';
import { isOwn, showOutcome } from './outcomes.ts';
import { standingAt } from './standing.ts';

/** A button or a choice of a menu. The turn is committed before the answer: what Discord was told is kept. */
export async function takePress(parts: IntakeParts, interaction: MessageComponentInteraction): Promise<void> {
  const id = readCustomId(interaction.customId);
  if (id.kind === 'settings') return takeSetting(parts, interaction, id.setting);
  const address =
    id.kind === 'menu' && interaction.isStringSelectMenu()
      ? interaction.values[0]
      : 'address' in id
        ? id.address
        : undefined;
  if (address === undefined) return;
  const answer = new FirstAnswer(interaction, parts, id.kind === 'form' ? 'none' : 'message');
  const spoken = localeOfMessage(interaction.message.components);
  const origin = await originOf(parts, interaction, languagesOf(interaction), spoken);
  try {
    if (id.kind === 'form' && (await openForm(parts, answer, interaction, origin, address, id.page))) return;
    const standing = await standingAt(parts, origin, address);
    if (standing === undefined)
      return await showOutcome(parts, answer, interaction, address, await parts.bot.press(origin, address));
    const pages = parts.render(standing);
    await (isOwn(interaction) ? answer.update(pages) : answer.tell(pages));
  } catch (error) {
    parts.log.error({ interaction: interaction.id, reason: String(error) }, 'discord: a press was not saved');
    await answer.tell(parts.render(phraseMessage(parts, origin.locale, 'failed-to-save')));
  }
}
