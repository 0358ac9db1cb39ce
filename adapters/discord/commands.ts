import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type LocalizationMap,
  PermissionFlagsBits,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord.js';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Phrase } from '../../src/knowledge/schema/phrases.ts';
import { Words } from '../../src/message/phrases.ts';
import { limits } from './limits.ts';

/** The names by which Discord tells commands and options apart; each language shows its own. */
export const commandNames = {
  lookup: 'licence',
  diagnose: 'Diagnose this message',
  settings: 'licence-settings',
} as const;
export const commandOptions = { query: 'query', file: 'file' } as const;

/** Every command of the bot, with its words in every language. */
export function commandDefinitions(knowledge: Knowledge): readonly RESTPostAPIApplicationCommandsJSONBody[] {
  const english = new Words(knowledge, 'en');
  const everywhere = {
    contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
    integration_types: [ApplicationIntegrationType.GuildInstall],
  };
  const described = (phrase: Phrase) => ({
    description: english.label(phrase),
    description_localizations: localized(knowledge, phrase),
  });
  const named = (phrase: Phrase) => ({ name_localizations: localized(knowledge, phrase) });
  return [
    {
      type: ApplicationCommandType.ChatInput,
      name: commandNames.lookup,
      ...named('command-lookup-name'),
      ...described('command-lookup-says'),
      ...everywhere,
      options: [
        {
          type: ApplicationCommandOptionType.String,
          name: commandOptions.query,
          ...named('command-query-name'),
          ...described('command-query-says'),
          required: true,
          autocomplete: true,
          max_length: limits.commandOptionText,
        },
        {
          type: ApplicationCommandOptionType.Attachment,
          name: commandOptions.file,
          ...named('command-file-name'),
          ...described('command-file-says'),
          required: false,
        },
      ],
    },
    {
      type: ApplicationCommandType.Message,
      name: commandNames.diagnose,
      ...named('command-diagnose-name'),
      ...everywhere,
    },
    {
      type: ApplicationCommandType.ChatInput,
      name: commandNames.settings,
      ...named('command-settings-name'),
      ...described('command-settings-says'),
      ...everywhere,
      contexts: [InteractionContextType.Guild],
      default_member_permissions: PermissionFlagsBits.ManageGuild.toString(),
    },
  ];
}

/** Both kinds of English are given: a client whose English is missing shows the other's, not the default. */
function localized(knowledge: Knowledge, phrase: Phrase): LocalizationMap {
  const say = (locale: 'en' | 'ja') => new Words(knowledge, locale).label(phrase);
  return { 'en-US': say('en'), 'en-GB': say('en'), ja: say('ja') };
}
