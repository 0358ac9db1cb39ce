import {
  type APIActionRowComponent,
  type APIMessageTopLevelComponent,
  type APISelectMenuComponent,
  ChannelType,
  ComponentType,
  MessageFlags,
  SelectMenuDefaultValueType,
} from 'discord.js';
import { placeKinds, type Workspace } from '../../src/conversation/workspace.ts';
import type { Phrase } from '../../src/knowledge/schema/phrases.ts';
import type { Words } from '../../src/message/phrases.ts';
import { locales } from '../../src/text/locale.ts';
import type { HelpDesk } from '../configured-workspaces.ts';
import { markLanguage, writeSettingId } from './custom-id.ts';
import { escapeMarkdown, markdown } from './markdown.ts';
import { type Permission, permissionNames } from './permissions.ts';
import { noMentions, type Payload } from './render.ts';

/** What may be set, by the last part of its component's id. */
export const settingNames = ['language', 'place', 'agents', 'leads', 'channel'] as const;
export type SettingName = (typeof settingNames)[number];

/** The value that stands for "each person's own". */
export const noLanguage = 'each';
const mostRoles = 25;

export interface SettingsView {
  readonly settings: Workspace;
  /** Whom the configuration file names: no choice in the menus changes that. */
  readonly configured: HelpDesk;
  /** Whether an id is that of a role here, and not of a person. */
  readonly isRole: (id: string) => boolean;
  readonly saved: boolean;
  /** What the bot lacks in the channel where the command was used; undefined where it cannot be told. */
  readonly lacks: readonly Permission[] | undefined;
  readonly channel: string;
}

/** The settings of a guild, each with its menu, and what the bot lacks in this channel. */
export function renderSettings(
  words: Words,
  { settings, configured, isRole, saved, lacks, channel }: SettingsView,
): Payload {
  const text = (content: string): APIMessageTopLevelComponent => ({ type: ComponentType.TextDisplay, content });
  const set = (phrase: Phrase, menu: APISelectMenuComponent): APIMessageTopLevelComponent[] => [
    text(`**${escapeMarkdown(words.label(phrase))}**`),
    row(menu),
  ];
  const named = (ids: readonly string[]) =>
    ids.length === 0 ? [] : [text(`-# ${configuredLine(words, ids, isRole)}`)];
  const notes = [
    ...(saved ? [markdown(words.say('settings-saved'), (id) => id)] : []),
    ...(lacks === undefined ? [] : [permissionLine(words, lacks, channel)]),
  ];
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [
      {
        type: ComponentType.TextDisplay,
        id: markLanguage(words.locale),
        content: `### ${escapeMarkdown(words.label('settings-title'))}`,
      },
      ...set('settings-language', languageMenu(words, settings)),
      ...set('settings-place', placeMenu(words, settings)),
      ...set('settings-agents', roleMenu('agents', others(settings.agents, configured.agents))),
      ...named(configured.agents),
      ...set('settings-leads', roleMenu('leads', others(settings.leads, configured.leads))),
      ...named(configured.leads),
      ...set('settings-channel', channelMenu(settings.agentChannel)),
      ...notes.map((note) => text(`-# ${note}`)),
    ],
    allowed_mentions: noMentions,
  };
}

function row(menu: APISelectMenuComponent): APIActionRowComponent<APISelectMenuComponent> {
  return { type: ComponentType.ActionRow, components: [menu] };
}

function languageMenu(words: Words, { locale }: Workspace): APISelectMenuComponent {
  const options = [noLanguage, ...locales].map((value) => ({
    label: words.label(value === noLanguage ? 'settings-language-each' : `settings-language-${value as 'en' | 'ja'}`),
    value,
    default: value === (locale ?? noLanguage),
  }));
  return { type: ComponentType.StringSelect, custom_id: writeSettingId('language'), options };
}

function placeMenu(words: Words, { place = 'private' }: Workspace): APISelectMenuComponent {
  const options = placeKinds.map((kind) => ({
    label: words.label(`settings-place-${kind}`),
    value: kind,
    default: kind === place,
  }));
  return { type: ComponentType.StringSelect, custom_id: writeSettingId('place'), options };
}

function roleMenu(name: SettingName, roles: readonly string[] = []): APISelectMenuComponent {
  const chosen = roles.map((id) => ({ id, type: SelectMenuDefaultValueType.Role as const }));
  return {
    type: ComponentType.RoleSelect,
    custom_id: writeSettingId(name),
    min_values: 0,
    max_values: mostRoles,
    default_values: chosen,
  };
}

function channelMenu(channel: string | undefined): APISelectMenuComponent {
  const chosen = channel === undefined ? [] : [{ id: channel, type: SelectMenuDefaultValueType.Channel as const }];
  return {
    type: ComponentType.ChannelSelect,
    custom_id: writeSettingId('channel'),
    channel_types: [ChannelType.GuildText],
    min_values: 0,
    max_values: 1,
    default_values: chosen,
  };
}

function others(ids: readonly string[] = [], configured: readonly string[]): readonly string[] {
  return ids.filter((id) => !configured.includes(id));
}

/** People and roles are named by their ids: Discord shows their names, and notifies nobody. */
function configuredLine(words: Words, ids: readonly string[], isRole: (id: string) => boolean): string {
  const people = ids.map((id) => (isRole(id) ? `<@&${id}>` : `<@${id}>`)).join(', ');
  return escapeMarkdown(words.label('settings-configured', { people: '{people}' })).replace('{people}', people);
}

/** A channel is named by its id: Discord shows its name, and notifies nobody. */
function permissionLine(words: Words, lacks: readonly Permission[], channel: string): string {
  const place = `<#${channel}>`;
  const line =
    lacks.length === 0
      ? words.label('permissions-complete', { place: '{place}' })
      : words.label('permissions-missing', { place: '{place}', permissions: permissionNames(words, lacks) });
  return escapeMarkdown(line).replace('{place}', place);
}
