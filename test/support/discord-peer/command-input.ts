import { type JsonObject, numberIn, objectIn, objectsIn, textIn, textsIn } from './json.ts';
import { storeFiles } from './messages.ts';
import { everyonePermissions } from './permissions.ts';
import type { PeerState } from './state.ts';
import { guildOf, type PeerChannel, type PeerFile } from './world.ts';

const BOT_DM = 1;
const optionType = { string: 3, integer: 4, boolean: 5, number: 10, attachment: 11 } as const;

/** A file a person picks. */
export interface Upload {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** `text/plain` unless given. */
  readonly contentType?: string;
}
export type OptionValue = string | number | boolean | Upload;

/** The command as this person is offered it here, by its name or its name in their language. Throws when it is not. */
export function offeredCommand(
  state: PeerState,
  channel: PeerChannel,
  who: { readonly locale: string; readonly manager: boolean },
  name: string,
  type: number,
): JsonObject & { readonly id: string } {
  const guildId = guildOf(channel);
  const all = [...state.commands.values()].filter(
    (command) => command.type === type && (command.guild_id === undefined || command.guild_id === guildId),
  );
  const found =
    all.find((command) => command.name === name) ??
    all.find((command) => objectIn(command, 'name_localizations')?.[who.locale] === name);
  if (found === undefined)
    throw new Error(`no command ${name} of type ${type} is registered; there are: ${all.map((one) => one.name)}`);
  const needed = textIn(found, 'default_member_permissions');
  const holds = needed !== undefined && needed !== '0' && (everyonePermissions & BigInt(needed)) === BigInt(needed);
  if (needed !== undefined && !who.manager && !holds) {
    throw new Error(`${name} is not shown to somebody without permissions ${needed}`);
  }
  const contexts = found.contexts;
  if (
    guildId === undefined &&
    (found.dm_permission === false || (Array.isArray(contexts) && !contexts.includes(BOT_DM)))
  ) {
    throw new Error(`${name} is not offered in direct messages`);
  }
  return { ...found, id: String(found.id) };
}

/** The `data` of a chat input command; refuses what Discord's own client would not let a person send. */
export function commandData(
  state: PeerState,
  channel: PeerChannel,
  command: JsonObject & { readonly id: string },
  values: Readonly<Record<string, OptionValue>>,
  focused?: string,
): JsonObject {
  const known = objectsIn(command, 'options');
  const stranger = Object.keys(values).find((name) => !known.some((option) => option.name === name));
  if (stranger !== undefined) throw new Error(`${command.name} has no option ${stranger}`);
  const missing = known.find((option) => option.required === true && values[String(option.name)] === undefined);
  if (missing !== undefined && focused === undefined) throw new Error(`${command.name} needs ${missing.name}`);
  const attachments: Record<string, JsonObject> = {};
  const options = Object.entries(values).map(([name, given]) => {
    const option = known.find((one) => one.name === name) ?? {};
    const type = numberIn(option, 'type') ?? optionType.string;
    if (typeof given === 'object') {
      if (type !== optionType.attachment) throw new Error(`${name} takes no file`);
      const [attachment] = storeFiles(state, channel.id, [toFile(given)]);
      if (attachment !== undefined) attachments[attachment.id] = { ...attachment, ephemeral: true };
      return { type, name, value: attachment?.id };
    }
    if (focused !== name) refuseValue(option, type, given);
    return { type, name, value: given, ...(focused === name ? { focused: true } : {}) };
  });
  const resolved = Object.keys(attachments).length > 0 ? { resolved: { attachments } } : {};
  const scope = command.guild_id === undefined ? {} : { guild_id: command.guild_id };
  return { id: command.id, name: command.name, type: 1, options, ...scope, ...resolved };
}

export function toFile({ name, content, contentType }: Upload): PeerFile {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return { name, bytes, contentType: contentType ?? 'text/plain; charset=utf-8' };
}

function refuseValue(option: JsonObject, type: number, value: string | number | boolean): void {
  const wanted = {
    [optionType.string]: 'string',
    [optionType.boolean]: 'boolean',
    [optionType.integer]: 'number',
    [optionType.number]: 'number',
  };
  if (wanted[type as keyof typeof wanted] !== typeof value) throw new Error(`${option.name} takes no ${typeof value}`);
  const choices = objectsIn(option, 'choices');
  if (choices.length > 0 && !choices.some((choice) => choice.value === value)) {
    throw new Error(`${option.name} offers ${choices.map((choice) => choice.value)}`);
  }
  const length = typeof value === 'string' ? value.length : 0;
  if (length > (numberIn(option, 'max_length') ?? 6_000) || length < (numberIn(option, 'min_length') ?? 0)) {
    throw new Error(`${option.name} does not take ${length} characters`);
  }
}

/** The values of a select that a person may pick from `options`; throws for others, too few or too many. */
export function pickedValues(select: JsonObject, values: readonly string[]): readonly string[] {
  const options = objectsIn(select, 'options').map((option) => textIn(option, 'value'));
  const min = numberIn(select, 'min_values') ?? 1;
  const max = numberIn(select, 'max_values') ?? 1;
  const stranger = values.find((value) => !options.includes(value));
  if (stranger !== undefined) throw new Error(`${select.custom_id} offers ${options}, not ${stranger}`);
  if (values.length < min || values.length > max) throw new Error(`${select.custom_id} takes ${min} to ${max} values`);
  return textsIn({ values }, 'values');
}
