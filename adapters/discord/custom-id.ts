import { type Locale, locales } from '../../src/text/locale.ts';

/**
 * What a component comes back with: a button that is pressed carries its address as it is; one that opens a form
 * `form.<page>.<address>`, with pages counted from 0; a menu carries its place, and the address is what is chosen.
 */
export type CustomId =
  | { readonly kind: 'press'; readonly address: string }
  | { readonly kind: 'form'; readonly address: string; readonly page: number }
  | { readonly kind: 'menu' }
  | { readonly kind: 'settings'; readonly setting: string };

const formId = /^form\.(\d)\.(.+)$/;

export function writeFormId(address: string, page: number): string {
  return `form.${page}.${address}`;
}

export function writeSettingId(setting: string): string {
  return `settings.${setting}`;
}

export function writeMenuId(place: string): string {
  return `menu.${place}`;
}

export function readCustomId(text: string): CustomId {
  if (text.startsWith('settings.')) return { kind: 'settings', setting: text.slice('settings.'.length) };
  if (text.startsWith('menu.')) return { kind: 'menu' };
  const form = formId.exec(text);
  return form === null
    ? { kind: 'press', address: text }
    : { kind: 'form', page: Number(form[1]), address: form[2] ?? '' };
}

/**
 * A message says in which language it is written by the number of its first component: an address leaves no room for it.
 * Source: https://docs.discord.com/developers/components/reference#anatomy-of-a-component
 */
const languageMark = 7_000;

export function markLanguage(locale: Locale): number {
  return languageMark + locales.indexOf(locale);
}

/** The language of a message of ours; undefined for one without the mark. */
export function localeOfMessage(components: readonly { readonly id?: number | undefined }[]): Locale | undefined {
  const id = components[0]?.id;
  return id === undefined ? undefined : locales[id - languageMark];
}
