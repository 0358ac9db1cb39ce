import type { Interaction } from 'discord.js';
import { takeTyping } from './autocomplete.ts';
import { commandNames } from './commands.ts';
import type { IntakeParts } from './intake.ts';
import { takeDiagnosis, takeLookup } from './intake-commands.ts';
import { takeForm } from './intake-forms.ts';
import { takePress } from './intake-presses.ts';
import { takeSettings } from './intake-settings.ts';

/** Hands an interaction to the intake of its kind. One that is not ours is logged. */
export async function dispatch(parts: IntakeParts, interaction: Interaction): Promise<void> {
  if (interaction.isMessageComponent()) return takePress(parts, interaction);
  if (interaction.isModalSubmit()) return takeForm(parts, interaction);
  if (interaction.isAutocomplete()) return takeTyping(parts, interaction);
  if (interaction.isMessageContextMenuCommand()) return takeDiagnosis(parts, interaction);
  if (interaction.isChatInputCommand() && interaction.commandName === commandNames.lookup)
    return takeLookup(parts, interaction);
  if (interaction.isChatInputCommand() && interaction.commandName === commandNames.settings)
    return takeSettings(parts, interaction);
  parts.log.info({ interaction: interaction.id, type: interaction.type }, 'discord: an interaction that is not ours');
}
