import { elementsOfBlock } from './check-blocks.ts';
import { ImpossibleActError } from './errors.ts';
import { child, isJson, type Json, records, word } from './json.ts';
import { LIMITS } from './limits.ts';
import type { ElementState, PeerMessage, PeerView } from './world.ts';

/** Where a person can press or enter something. */
export type Surface = PeerMessage | PeerView;

/** One interactive element of a surface. `label`: a button's text, an input's label, else the placeholder. */
export interface Located {
  readonly blockId: string;
  readonly actionId: string;
  readonly type: string;
  readonly label: string;
  readonly value: string;
  /** The values of its options, for selects, radio buttons, checkboxes and overflow menus. */
  readonly options: readonly string[];
  readonly block: Json;
  readonly element: Json;
}

/** Every interactive element of a message or view, in reading order. */
export function elementsOf(surface: Pick<Surface, 'blocks'>): Located[] {
  return surface.blocks.flatMap((block) =>
    elementsOfBlock(block).map((element) => ({
      ...{ blockId: word(block.block_id), actionId: word(element.action_id), type: word(element.type) },
      label:
        word(child(element.type === 'button' ? element : block, labelKey(block, element)).text) || placeholder(element),
      value: word(element.value),
      options: optionsOf(element).map((option) => word(option.value)),
      ...{ block, element },
    })),
  );
}

/** All text a person reads on a surface, a line a text. */
export function textOf(surface: Surface): string {
  const lines: string[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (isJson(value))
      for (const [key, item] of Object.entries(value))
        key === 'text' && typeof item === 'string' ? lines.push(item) : walk(item);
  };
  walk(surface.blocks);
  return lines.length > 0 || !('text' in surface) ? lines.join('\n') : surface.text;
}

/** The one element with that action id, block id, label or value. Throws `ImpossibleActError` when none or several match. */
export function findElement(surface: Surface, name: string, types?: readonly string[]): Located {
  const all = elementsOf(surface).filter((each) => types === undefined || types.includes(each.type));
  for (const key of ['actionId', 'blockId', 'label', 'value'] as const) {
    const found = all.filter((each) => each[key] === name);
    const [only] = found;
    if (found.length > 1) throw new ImpossibleActError(`Several elements have the ${key} "${name}"`);
    if (only) return only;
  }
  const there = all.map((each) => `${each.type} ${each.actionId} "${each.label}"`).join(', ');
  throw new ImpossibleActError(`There is no "${name}" to act on; there is: ${there || 'nothing'}`);
}

/** All options of an element, out of their groups. */
export function optionsOf(element: Json): readonly Json[] {
  return [...records(element.options), ...records(element.option_groups).flatMap((group) => records(group.options))];
}

/** What is in an element before the person touches it, as it stands in `state.values`. */
export function initialEntry({ type, element }: Located): Json {
  switch (type) {
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: element.initial_options ?? [] };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
      return { type, selected_option: element.initial_option ?? null };
    case 'users_select':
      return { type, selected_user: element.initial_user ?? null };
    case 'multi_users_select':
      return { type, selected_users: element.initial_users ?? [] };
    case 'conversations_select':
      return { type, selected_conversation: element.initial_conversation ?? null };
    case 'channels_select':
      return { type, selected_channel: element.initial_channel ?? null };
    case 'datepicker':
      return { type, selected_date: element.initial_date ?? null };
    case 'file_input':
      return { type, files: [] };
    default:
      return { type, value: element.initial_value ?? null };
  }
}

/**
 * What is in an element after a person entered `choice` (an option's value or label, a text, a date, an id).
 * `offered` are the options of an external select; `files` the file objects of a file input.
 */
export function entryFor(
  at: Located,
  choice: string | readonly string[],
  offered: readonly Json[],
  files: readonly Json[],
): Json {
  const choices = typeof choice === 'string' ? [choice] : choice;
  const [first = ''] = choices;
  const { type } = at;
  switch (type) {
    case 'multi_static_select':
    case 'multi_external_select':
    case 'checkboxes':
      return { type, selected_options: choices.map((each) => pick(at, offered, each)) };
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
    case 'overflow':
      return { type, selected_option: pick(at, offered, first) };
    case 'users_select':
      return { type, selected_user: first };
    case 'multi_users_select':
      return { type, selected_users: choices };
    case 'conversations_select':
      return { type, selected_conversation: first };
    case 'channels_select':
      return { type, selected_channel: first };
    case 'datepicker':
      return { type, selected_date: first };
    case 'file_input':
      return { type, files };
    case 'plain_text_input':
      return { type, value: typed(at, first) };
    default:
      return { type, value: first || null };
  }
}

/** Whether nothing has been entered. */
export function isEmpty({ type: _, ...entry }: Json): boolean {
  return Object.values(entry).every((value) => value === null || (Array.isArray(value) && value.length === 0));
}

/** `state.values` with one entry replaced. */
export function withEntry(values: ElementState, { blockId, actionId }: Located, entry: Json): ElementState {
  return { ...values, [blockId]: { ...values[blockId], [actionId]: entry } };
}

function pick(at: Located, offered: readonly Json[], choice: string): Json {
  const options = [...optionsOf(at.element), ...offered];
  const found = options.find((option) => option.value === choice || child(option, 'text').text === choice);
  if (found) return found;
  const there = options.map((option) => word(option.value)).join(', ');
  throw new ImpossibleActError(`${at.actionId} has no option "${choice}"; it has: ${there || 'none'}`);
}

function typed({ actionId, element }: Located, text: string): string | null {
  const most = Number(element.max_length ?? LIMITS.textInput);
  if (text.length > most) throw new ImpossibleActError(`${actionId} takes ${most} characters, not ${text.length}`);
  if (text !== '' && text.length < Number(element.min_length ?? 0)) {
    throw new ImpossibleActError(`${actionId} needs ${element.min_length} characters`);
  }
  return text === '' ? null : text;
}

function labelKey(block: Json, element: Json): string {
  if (element.type === 'button') return 'text';
  return block.type === 'input' ? 'label' : '';
}

function placeholder(element: Json): string {
  return word(child(element, 'placeholder').text);
}
