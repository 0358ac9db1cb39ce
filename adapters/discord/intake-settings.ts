import {
  type AnySelectMenuInteraction,
  type ChatInputCommandInteraction,
  type MessageComponentInteraction,
  PermissionFlagsBits,
} from 'discord.js';
import { placeKinds, type Workspace } from '../../src/conversation/workspace.ts';
import { Words } from '../../src/message/phrases.ts';
import { localeFromTag, locales } from '../../src/text/locale.ts';
import { FirstAnswer } from './first-answer.ts';
import { type IntakeParts, languagesOf, originOf, phraseMessage } from './intake.ts';
import { missingIn, wanted } from './permissions.ts';
import { workspaceOf } from './place.ts';
import type { Payload } from './render.ts';
import { renderSettings, type SettingName, settingNames } from './render-settings.ts';

/** `/licence-settings`: Discord shows it to those who manage the server. */
export async function takeSettings(parts: IntakeParts, interaction: ChatInputCommandInteraction): Promise<void> {
  const answer = new FirstAnswer(interaction, parts, 'reply');
  try {
    const settings = await parts.workspaces.load(workspaceOf(interaction.guildId));
    await answer.tell([settingsView(parts, interaction, settings, false)]);
  } catch (error) {
    parts.log.error({ interaction: interaction.id, reason: String(error) }, 'discord: settings were not shown');
    const { locale } = await originOf(parts, interaction, languagesOf(interaction));
    await answer.tell(parts.render(phraseMessage(parts, locale, 'failed-to-look')));
  }
}

/** A choice in one of its menus, saved at once. Rights may have changed since the menu was shown. */
export async function takeSetting(
  parts: IntakeParts,
  interaction: MessageComponentInteraction,
  setting: string,
): Promise<void> {
  const answer = new FirstAnswer(interaction, parts, 'message');
  const name = settingNames.find((each) => each === setting);
  if (
    name === undefined ||
    !interaction.isAnySelectMenu() ||
    interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) !== true
  )
    return answer.quietly();
  const workspace = workspaceOf(interaction.guildId);
  try {
    const settings = changed(await parts.workspaces.load(workspace), name, interaction);
    await parts.workspaces.save(workspace, settings);
    await answer.update([settingsView(parts, interaction, settings, true)]);
  } catch (error) {
    parts.log.error({ interaction: interaction.id, reason: String(error) }, 'discord: a setting was not saved');
    const { locale } = await originOf(parts, interaction, languagesOf(interaction));
    await answer.tell(parts.render(phraseMessage(parts, locale, 'failed-to-save')));
  }
}

function settingsView(
  parts: IntakeParts,
  interaction: ChatInputCommandInteraction | MessageComponentInteraction,
  settings: Workspace,
  saved: boolean,
): Payload {
  const locale = localeFromTag(interaction.locale) ?? settings.locale ?? 'en';
  const { channelId: channel, guild } = interaction;
  return renderSettings(new Words(parts.knowledge(), locale), {
    settings,
    configured: parts.workspaces.configured(workspaceOf(interaction.guildId)),
    isRole: (id) => guild?.roles.cache.has(id) === true,
    saved,
    channel,
    lacks: missingIn(interaction.client, channel, wanted),
  });
}

/** The settings with one changed. An empty choice takes a setting back. */
function changed(settings: Workspace, name: SettingName, { values }: AnySelectMenuInteraction): Workspace {
  const { locale, place, agents, leads, agentChannel } = settings;
  const [value] = values;
  const next = {
    locale: name === 'language' ? locales.find((each) => each === value) : locale,
    place: name === 'place' ? placeKinds.find((each) => each === value) : place,
    agents: name === 'agents' ? [...values] : agents,
    leads: name === 'leads' ? [...values] : leads,
    agentChannel: name === 'channel' ? value : agentChannel,
  };
  return Object.fromEntries(Object.entries(next).filter(([, chosen]) => chosen !== undefined));
}
