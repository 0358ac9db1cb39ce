import { pickedValues, toFile, type Upload } from './command-input.ts';
import { componentType, flatten } from './components.ts';
import { type JsonObject, numberIn, objectIn, objectsIn, textIn } from './json.ts';
import { storeFiles } from './messages.ts';
import type { PeerState } from './state.ts';
import type { PeerChannel } from './world.ts';

/** A form on a person's screen. */
export interface OpenModal {
  readonly customId: string;
  readonly title: string;
  /** As the bot sent them, with the ids Discord adds. */
  readonly components: readonly JsonObject[];
  readonly userId: string;
  readonly channel: PeerChannel;
  readonly sourceMessageId?: string;
}
export type FieldValue = string | boolean | readonly string[] | readonly Upload[];

/** The `data` of a modal submit. Keys are custom ids or labels; throws where the client would not let the person submit. */
export function modalData(
  state: PeerState,
  modal: OpenModal,
  values: Readonly<Record<string, FieldValue>>,
): JsonObject {
  const attachments: Record<string, JsonObject> = {};
  const used = new Set<string>();
  const fill = (field: JsonObject, label: string | undefined): JsonObject => {
    const customId = String(field.custom_id);
    const key = customId in values ? customId : (label ?? customId);
    used.add(key);
    const base = { type: field.type, id: field.id, custom_id: customId };
    const given = values[key];
    if (given === undefined && field.required !== false && !isFilledByItself(field))
      throw new Error(`${label ?? customId} must be filled in`);
    return { ...base, ...fieldValue(state, modal, field, given, attachments) };
  };
  const components = modal.components.map((component) => {
    const base = { type: component.type, id: component.id };
    const inner = objectIn(component, 'component');
    if (inner !== undefined) return { ...base, component: fill(inner, textIn(component, 'label')) };
    const fields = objectsIn(component, 'components');
    return fields.length === 0
      ? base
      : { ...base, components: fields.map((field) => fill(field, textIn(field, 'label'))) };
  });
  const stranger = Object.keys(values).find((key) => !used.has(key));
  if (stranger !== undefined) throw new Error(`the form has no field ${stranger}; it has ${fieldNames(modal)}`);
  const resolved = Object.keys(attachments).length > 0 ? { resolved: { attachments } } : {};
  return { custom_id: modal.customId, components, ...resolved };
}

function isFilledByItself(field: JsonObject): boolean {
  return (
    textIn(field, 'value') !== undefined ||
    field.type === componentType.checkbox ||
    objectsIn(field, 'options').some((option) => option.default === true)
  );
}

function fieldValue(
  state: PeerState,
  modal: OpenModal,
  field: JsonObject,
  given: FieldValue | undefined,
  attachments: Record<string, JsonObject>,
): JsonObject {
  const preset = objectsIn(field, 'options').flatMap((option) =>
    option.default === true ? [String(option.value)] : [],
  );
  switch (field.type) {
    case componentType.textInput:
      return { value: typedText(field, String(given ?? textIn(field, 'value') ?? '')) };
    case componentType.checkbox:
      return { value: given ?? field.default === true };
    case componentType.radioGroup:
      return { value: given === undefined ? (preset[0] ?? null) : (pickedValues(field, [String(given)])[0] ?? null) };
    case componentType.fileUpload: {
      const uploads = Array.isArray(given) ? given.filter((item): item is Upload => typeof item === 'object') : [];
      const stored = storeFiles(state, modal.channel.id, uploads.map(toFile));
      if (stored.length > (numberIn(field, 'max_values') ?? 1)) throw new Error(`${field.custom_id} takes fewer files`);
      for (const file of stored) attachments[file.id] = { ...file, ephemeral: true };
      return { values: stored.map(({ id }) => id) };
    }
    default: {
      const picked = Array.isArray(given) ? given.map(String) : given === undefined ? preset : [String(given)];
      const free = picked.length === 0 && field.required === false;
      return { values: free ? [] : pickedValues(field, picked) };
    }
  }
}

function typedText(field: JsonObject, text: string): string {
  const min = numberIn(field, 'min_length') ?? (field.required === false ? 0 : 1);
  const max = numberIn(field, 'max_length') ?? 4_000;
  if (text === '' && field.required === false) return text;
  if (text.length < min || text.length > max)
    throw new Error(`${field.custom_id} takes ${min} to ${max} characters, not ${text.length}`);
  return text;
}

function fieldNames(modal: OpenModal): string {
  return flatten(modal.components)
    .flatMap(({ component }) => textIn(component, 'custom_id') ?? [])
    .join(', ');
}
