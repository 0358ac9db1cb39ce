import type {
  ActionsBlock,
  PlainTextElement,
  PlainTextOption,
  Button as SlackButton,
  StaticSelect,
} from '@slack/types';
import type { Button } from '../../src/message/message.ts';
import { type Locale, locales } from '../../src/text/locale.ts';
import { limits } from './limits.ts';

const actionKinds = ['press', 'form'] as const;
export type ActionKind = (typeof actionKinds)[number];

/** `press.<locale>.<place>`: unique in its message, as Slack asks. The button's address is its value. */
export function writeActionId(kind: ActionKind, locale: Locale, place: string): string {
  return `${kind}.${locale}.${place}`;
}

/** What a press asks for, and the language of the message it was made on. */
export function readActionId(id: string): { readonly kind: ActionKind; readonly locale: Locale } | undefined {
  const [first, second] = id.split('.');
  const kind = actionKinds.find((each) => each === first);
  const locale = locales.find((each) => each === second);
  return kind === undefined || locale === undefined ? undefined : { kind, locale };
}

/** One row of buttons. Above five, those that fit into a menu become one; a button that opens a form stays a button. */
export function renderButtons(
  buttons: readonly Button[],
  locale: Locale,
  row: string,
  placeholder: string,
): ActionsBlock[] {
  if (buttons.length === 0) return [];
  const inMenu = buttons.length > limits.buttonsShown ? buttons.filter(fitsMenu) : [];
  const shown = buttons.filter((button) => !inMenu.includes(button));
  const menus = chunk(inMenu, limits.optionsPerMenu).map((part, index) =>
    menu(part, locale, `${row}-menu${index}`, placeholder),
  );
  const elements = [...menus, ...shown.map((button, index) => pressable(button, locale, `${row}${index}`))];
  return chunk(elements, limits.buttonsShown).map((part) => ({ type: 'actions', elements: part }));
}

function fitsMenu({ address, opens }: Button): boolean {
  return opens === undefined && address.length <= limits.optionValue;
}

function pressable(button: Button, locale: Locale, place: string): SlackButton {
  return {
    type: 'button',
    action_id: writeActionId(button.opens === undefined ? 'press' : 'form', locale, place),
    text: plainText(button.label, limits.buttonText),
    value: button.address,
    ...(button.style === 'plain' ? {} : { style: button.style }),
  };
}

function menu(buttons: readonly Button[], locale: Locale, place: string, placeholder: string): StaticSelect {
  return {
    type: 'static_select',
    action_id: writeActionId('press', locale, place),
    placeholder: plainText(placeholder, limits.placeholder),
    options: buttons.map(
      ({ label, address }): PlainTextOption => ({ text: plainText(label, limits.optionText), value: address }),
    ),
  };
}

/** Plain text of at most `most` characters; the knowledge check keeps labels far below it. */
export function plainText(text: string, most: number): PlainTextElement {
  return { type: 'plain_text', text: text.length > most ? `${text.slice(0, most - 1)}…` : text, emoji: false };
}

export function chunk<Item>(items: readonly Item[], size: number): Item[][] {
  const parts: Item[][] = [];
  for (let from = 0; from < items.length; from += size) parts.push(items.slice(from, from + size));
  return parts;
}
