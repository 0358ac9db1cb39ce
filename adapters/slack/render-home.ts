import type { Button, HomeView, KnownBlock, ModalView } from '@slack/types';
import { writeAddress } from '../../src/message/address.ts';
import type { Words } from '../../src/message/phrases.ts';
import { type OpenRequest, whereItStands } from '../../src/message/present-standing.ts';
import { problemOf } from '../../src/message/tried.ts';
import { otherLocale } from '../../src/text/locale.ts';
import { spansToText } from '../../src/text/span.ts';
import { limits } from './limits.ts';
import { modalFrame } from './modal-frame.ts';
import { plainText, writeActionId } from './render-buttons.ts';
import { fieldAction } from './render-form.ts';
import { section } from './rich-text.ts';

export const askAction = 'home.ask';
export const askCallback = 'ask';
export const askField = 'text';
export const settingsAction = 'home.settings';
/** Its value is the language to show. */
export const languageAction = 'home.language';

/** The home tab: what this is, what is open and what it waits for, a new request, the other language, and for administrators the settings. */
export function renderHome(words: Words, requests: readonly OpenRequest[], isAdmin: boolean): HomeView {
  const blocks: KnownBlock[] = [
    paragraph(words.label('install-says')),
    { type: 'header', text: plainText(words.label('home-open'), limits.headerText) },
    ...(requests.length === 0 ? [paragraph(words.label('home-none'))] : []),
    ...requests.flatMap((request, index) => requestBlocks(words, request, index)),
    { type: 'divider' },
    {
      type: 'actions',
      elements: [
        { ...button(askAction, words.label('home-new')), style: 'primary' },
        { ...button(languageAction, words.label('other-language')), value: otherLocale(words.locale) },
        ...(isAdmin ? [button(settingsAction, words.label('home-settings'))] : []),
      ],
    },
  ];
  return { type: 'home', blocks };
}

function requestBlocks(words: Words, { conversation, url }: OpenRequest, index: number): KnownBlock[] {
  const { id, turn, facts, round, openedAt, lastAt } = conversation;
  const code = facts.findLast(({ question, value }) => question === 'error-code' && value !== null)?.value ?? null;
  const problem = problemOf(words, code === null ? null : String(code), round.flow);
  const stands = spansToText(whereItStands(words, conversation, lastAt));
  const go: Button = {
    ...button(writeActionId('press', words.locale, `home${index}`), words.label('home-continue')),
    value: writeAddress({ conversation: id, turn, step: 'nav', choice: 'stand' }),
  };
  const open: Button[] =
    url === undefined ? [] : [{ ...button(`home.open.${index}`, words.label('home-go-there')), url }];
  return [
    paragraph(words.label('home-request', { problem, day: openedAt.slice(0, 10) })),
    { type: 'context', elements: [plainText(stands, limits.contextText)] },
    { type: 'actions', elements: [go, ...open] },
  ];
}

/** The modal of a new request: one text. */
export function renderAsk(words: Words): ModalView {
  return {
    ...modalFrame(askCallback, words.locale, {
      title: words.label('home-new'),
      submit: words.label('send'),
      cancel: words.label('cancel'),
    }),
    blocks: [
      {
        type: 'input',
        block_id: askField,
        label: plainText(words.label('home-ask'), limits.inputLabel),
        element: { type: 'plain_text_input', action_id: fieldAction, multiline: true, max_length: limits.inputText },
      },
    ],
  };
}

function button(action: string, label: string): Button {
  return { type: 'button', action_id: action, text: plainText(label, limits.buttonText) };
}

function paragraph(text: string): KnownBlock {
  return { type: 'rich_text', elements: [section([{ kind: 'text', text }], () => '')] };
}
