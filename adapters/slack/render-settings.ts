import type { InputBlock, InputBlockElement, ModalView } from '@slack/types';
import { placeKinds, type Workspace } from '../../src/conversation/workspace.ts';
import type { Phrase } from '../../src/knowledge/schema/phrases.ts';
import type { Words } from '../../src/message/phrases.ts';
import { locales } from '../../src/text/locale.ts';
import { limits } from './limits.ts';
import { modalFrame } from './modal-frame.ts';
import { plainText } from './render-buttons.ts';
import { fieldAction } from './render-form.ts';

export const settingsCallback = 'settings';
/** The blocks of the settings modal. */
export const settingFields = {
  language: 'language',
  place: 'place',
  agents: 'agents',
  leads: 'leads',
  channel: 'channel',
} as const;
/** The value that stands for "each person's own". */
export const noLanguage = 'each';

/** A thread of a Slack channel is read by the channel: a private thread is not offered. */
const placesOffered = placeKinds.filter((place) => place !== 'private');

/** The settings of a workspace, as a modal. */
export function renderSettings(words: Words, settings: Workspace): ModalView {
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
  const choose = plainText(words.label('choose'), limits.headerText);
  const select = { type: 'static_select', action_id: fieldAction, placeholder: choose } as const;
  const people = (chosen: readonly string[] = []): InputBlockElement => ({
    type: 'multi_users_select',
    action_id: fieldAction,
    placeholder: choose,
    ...(chosen.length === 0 ? {} : { initial_users: [...chosen] }),
  });
  const channel = settings.agentChannel;
  return {
    ...modalFrame(settingsCallback, words.locale, {
      title: words.label('settings-title'),
      submit: words.label('send'),
      cancel: words.label('cancel'),
    }),
    blocks: [
      input(words, settingFields.language, 'settings-language', {
        ...select,
        options: languages,
        ...initial(language),
      }),
      input(words, settingFields.place, 'settings-place', { ...select, options: places, ...initial(place) }),
      input(words, settingFields.agents, 'settings-agents', people(settings.agents)),
      input(words, settingFields.leads, 'settings-leads', people(settings.leads)),
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
