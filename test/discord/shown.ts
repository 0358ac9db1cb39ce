import type { Shown } from '../contracts/chat-scenarios.ts';
import { type JsonObject, objectIn, objectsIn, textIn } from '../support/discord-peer/json.ts';
import type { PeerMessage } from '../support/discord-peer/messages.ts';

const button = 2;
const menu = 3;
const textDisplay = 10;

/** Every component of a message or form, parents before children. */
export function componentsOf({ components }: { readonly components: readonly JsonObject[] }): readonly JsonObject[] {
  return components.flatMap((component): readonly JsonObject[] => {
    const single = ['component', 'accessory']
      .map((key) => objectIn(component, key))
      .filter((child) => child !== undefined);
    return [component, ...single, ...componentsOf({ components: objectsIn(component, 'components') })];
  });
}

/** A message as a person reads it: Discord's client shows no marks, and none of the backslashes before them. */
export function shown(message: PeerMessage): Shown {
  const all = componentsOf(message);
  const texts = all.filter(({ type }) => type === textDisplay).map((each) => textIn(each, 'content') ?? '');
  const fields = message.embeds.flatMap((embed) =>
    objectsIn(embed, 'fields').map((field) => `${field.name}: ${field.value}`),
  );
  const buttons = all.flatMap((each) => {
    if (each.type === button) return [textIn(each, 'label') ?? ''];
    return each.type === menu ? objectsIn(each, 'options').map((option) => textIn(option, 'label') ?? '') : [];
  });
  return {
    text: [message.content, ...texts, ...fields]
      .filter((part) => part !== '')
      .map(unmark)
      .join('\n'),
    buttons,
  };
}

function unmark(markdown: string): string {
  return markdown
    .replace(/^(-# |### )/gm, '')
    .replace(/\[((?:\\.|[^\]\\])*)\]\(<([^>]*)>\)/g, '$1')
    .replace(/```\n([\s\S]*?)\n```/g, (_, code: string) => code.replace(/[\\*`]/g, '\\$&'))
    .replace(/``? ?((?:[^`]|(?<!`)`(?!`))*?) ?``?(?!`)/g, (_, code: string) => code.replace(/[\\*]/g, '\\$&'))
    .replace(/(?<!\\)\*\*/g, '')
    .replace(/\\([^0-9A-Za-z\s])/g, '$1');
}
