import type {
  InputBlock,
  InputBlockElement,
  ModalView,
  MultiStaticSelect,
  RichTextBlock,
  RichTextElement,
} from '@slack/types';
import { placeKinds, type Workspace } from '../../src/conversation/workspace.ts';
import type { Phrase } from '../../src/knowledge/schema/phrases.ts';
import type { Words } from '../../src/message/phrases.ts';
import { locales } from '../../src/text/locale.ts';
import { plain, type Spans } from '../../src/text/span.ts';
import type { HelpDesk } from '../configured-workspaces.ts';
import { type Group, isGroup } from './groups.ts';
import { limits } from './limits.ts';
import { modalFrame } from './modal-frame.ts';
import { chunk, plainText } from './render-buttons.ts';
import { fieldAction } from './render-form.ts';
import { richText } from './rich-text.ts';

export const settingsCallback = 'settings';
/** The blocks of the settings modal. */
export const settingFields = {
  language: 'language',
  place: 'place',
  agents: 'agents',
  agentGroups: 'agent-groups',
  leads: 'leads',
  leadGroups: 'lead-groups',
  channel: 'channel',
} as const;
/** The value that stands for "each person's own". */
export const noLanguage = 'each';

/** A thread of a Slack channel is read by the channel: a private thread is not offered. */
const placesOffered = placeKinds.filter((place) => place !== 'private');

/**
 * The settings of a workspace, as a modal. Without `groups` it offers people alone. Who is `configured` is named beside the menus, since
 * no choice in them changes that.
 */
export function renderSettings(
  words: Words,
  settings: Workspace,
  groups: readonly Group[],
  configured: HelpDesk,
): ModalView {
  const option = (phrase: Phrase, value: string) => ({
    text: plainText(words.label(phrase), limits.optionText),
    value,
  });
  const languages = [
    option('settings-language-each', noLanguage),
    ...locales.map((each) => option(`settings-language-${each}`, each)),
  ];
  const places = placesOffered.map((place) => option(`settings-place-${place}`, place));
  const language = languages.find(({ value }) => value === settings.locale) ?? languages[0];
  const place = places.find(({ value }) => value === settings.place) ?? places[0];
  const choose = plainText(words.label('choose'), limits.placeholder);
  const select = { type: 'static_select', action_id: fieldAction, placeholder: choose } as const;
  const agents = settings.agents?.filter((id) => !configured.agents.includes(id));
  const leads = settings.leads?.filter((id) => !configured.leads.includes(id));
  const people = (ids: readonly string[] = []): InputBlockElement => {
    const chosen = ids.filter((id) => !isGroup(id));
    return {
      type: 'multi_users_select',
      action_id: fieldAction,
      placeholder: choose,
      ...(chosen.length === 0 ? {} : { initial_users: chosen }),
    };
  };
  const groupsOf = (field: string, label: Phrase, ids: readonly string[] | undefined): readonly InputBlock[] =>
    groups.length === 0
      ? []
      : [input(words, field, label, { ...groupMenu(groups, ids), action_id: fieldAction, placeholder: choose })];
  const channel = settings.agentChannel;
  return {
    ...modalFrame(settingsCallback, words.locale, {
      title: words.label('settings-title'),
      submit: words.label('settings-save'),
      cancel: words.label('cancel'),
    }),
    blocks: [
      input(words, settingFields.language, 'settings-language', {
        ...select,
        options: languages,
        ...initial(language),
      }),
      input(words, settingFields.place, 'settings-place', { ...select, options: places, ...initial(place) }),
      input(words, settingFields.agents, 'settings-agents', people(agents)),
      ...groupsOf(settingFields.agentGroups, 'settings-agent-groups', agents),
      ...configuredNote(words, configured.agents),
      input(words, settingFields.leads, 'settings-leads', people(leads)),
      ...groupsOf(settingFields.leadGroups, 'settings-lead-groups', leads),
      ...configuredNote(words, configured.leads),
      input(words, settingFields.channel, 'settings-channel', {
        type: 'conversations_select',
        action_id: fieldAction,
        placeholder: choose,
        filter: { include: ['public', 'private'], exclude_bot_users: true },
        ...(channel === undefined ? {} : { initial_conversation: channel }),
      }),
    ],
  };
}

/** Who is named in the configuration file; nothing where nobody is. */
function configuredNote(words: Words, ids: readonly string[]): readonly RichTextBlock[] {
  if (ids.length === 0) return [];
  const people = ids.flatMap((id, index): Spans => [...(index === 0 ? [] : plain(', ')), { kind: 'person', id }]);
  const elements = richText(words.say('settings-configured', { people }), (id) => id).map(
    (element): RichTextElement =>
      element.type === 'user' && isGroup(element.user_id)
        ? { type: 'usergroup', usergroup_id: element.user_id }
        : element,
  );
  return [{ type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] }];
}

/** A menu takes so many options only in parts, each with a name. */
function groupMenu(groups: readonly Group[], chosen: readonly string[] = []): MultiStaticSelect {
  const options = groups.map(({ id, name, handle }) => ({
    text: plainText(`${name} (@${handle})`, limits.optionText),
    value: id,
  }));
  const initial = options.filter(({ value }) => chosen.includes(value));
  const parts = chunk(options, limits.optionsPerMenu).map((part) => ({
    label: plainText(`${part[0]?.text.text} – ${part.at(-1)?.text.text}`, limits.optionText),
    options: part,
  }));
  return {
    type: 'multi_static_select',
    ...(parts.length === 1 ? { options } : { option_groups: parts }),
    ...(initial.length === 0 ? {} : { initial_options: initial }),
  };
}

function initial<Option>(option: Option | undefined): { readonly initial_option?: Option } {
  return option === undefined ? {} : { initial_option: option };
}

function input(words: Words, field: string, label: Phrase, element: InputBlockElement): InputBlock {
  return {
    type: 'input',
    block_id: field,
    optional: true,
    label: plainText(words.label(label), limits.inputLabel),
    element,
  };
}
