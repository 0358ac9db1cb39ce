import {
  type APIActionRowComponent,
  type APIButtonComponentWithCustomId,
  type APIStringSelectComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Button } from '../../src/message/message.ts';
import { writeFormId, writeMenuId } from './custom-id.ts';
import { limits } from './limits.ts';

type Pressable = APIButtonComponentWithCustomId;
export type Row = APIActionRowComponent<Pressable | APIStringSelectComponent>;

const styles = { primary: ButtonStyle.Primary, plain: ButtonStyle.Secondary, danger: ButtonStyle.Danger } as const;

/**
 * A row of buttons. Above five, those that are only pressed become menus of 25; what opens a form stays a button, since
 * only a button says so before it is pressed.
 */
export function renderButtons(buttons: readonly Button[], place: string, placeholder: string): readonly Row[] {
  const inMenu = buttons.length > limits.buttonsPerRow ? buttons.filter(({ opens }) => opens === undefined) : [];
  const shown = buttons.filter((button) => !inMenu.includes(button));
  const parts = chunk(inMenu, limits.optionsPerMenu);
  const menus = parts.map((part, index) =>
    row([menu(part, `${place}${index}`, paged(placeholder, index, parts.length))]),
  );
  return [...menus, ...chunk(shown, limits.buttonsPerRow).map((part) => row(part.map(pressable)))];
}

function paged(placeholder: string, index: number, of: number): string {
  return of === 1 ? placeholder : `${placeholder} (${index + 1}/${of})`;
}

function row(components: (Pressable | APIStringSelectComponent)[]): Row {
  return { type: ComponentType.ActionRow, components };
}

export function pressable({ label, address, style, opens }: Button): Pressable {
  return {
    type: ComponentType.Button,
    style: styles[style],
    label: shorten(label, limits.buttonLabel),
    custom_id: opens === undefined ? address : writeFormId(address, 0),
  };
}

function menu(buttons: readonly Button[], place: string, placeholder: string): APIStringSelectComponent {
  return {
    type: ComponentType.StringSelect,
    custom_id: writeMenuId(place),
    placeholder: shorten(placeholder, limits.placeholder),
    options: buttons.map(({ label, address }) => ({ label: shorten(label, limits.optionText), value: address })),
  };
}

/** At most `most` characters; the knowledge check keeps labels far below it. */
export function shorten(text: string, most: number): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

export function chunk<Item>(items: readonly Item[], size: number): Item[][] {
  const parts: Item[][] = [];
  for (let from = 0; from < items.length; from += size) parts.push(items.slice(from, from + size));
  return parts;
}
