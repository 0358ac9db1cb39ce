import type { Problem } from './api-error.ts';
import { componentType, flatten, type PlacedComponent } from './components.ts';
import { type JsonObject, numberIn, objectIn, objectsIn, textIn } from './json.ts';
import { count, problem, required, within } from './limit-checks.ts';

// From Discord's "Component Reference" page.
const ROW_BUTTONS = 5;
const BUTTON_LABEL = 80;
const CUSTOM_ID = 100;
const OPTIONS = 25;
const OPTION_TEXT = 100;
const PLACEHOLDER = 150;
const LINK_STYLE = 5;
const MODAL_TITLE = 45;
const MODAL_COMPONENTS = 5;
const FIELD_LABEL = 45;
const FIELD_DESCRIPTION = 100;
const INPUT_TEXT = 4_000;
const INPUT_PLACEHOLDER = 100;

/** What is wrong with the `data` of a modal callback. */
export function problemsInModal(data: JsonObject): readonly Problem[] {
  const top = objectsIn(data, 'components');
  const placed = flatten(top);
  return [
    ...required(data, '', 'title', MODAL_TITLE),
    ...required(data, '', 'custom_id', CUSTOM_ID),
    ...count('components', top.length, 1, MODAL_COMPONENTS),
    ...placed.flatMap(problemsInComponent),
    ...repeatedIds(placed),
  ];
}

/** What is wrong with one component, its children apart. */
export function problemsInComponent({ path, component }: PlacedComponent): readonly Problem[] {
  switch (component.type) {
    case componentType.row: {
      const children = objectsIn(component, 'components');
      const buttons = children.every((child) => child.type === componentType.button);
      return count(`${path}.components`, children.length, 1, buttons ? ROW_BUTTONS : 1);
    }
    case componentType.button:
      return buttonProblems(path, component);
    case componentType.stringSelect:
      return selectProblems(path, component);
    case componentType.textInput:
      return [
        ...required(component, path, 'custom_id', CUSTOM_ID),
        ...within(component, path, 'value', 0, INPUT_TEXT),
        ...within(component, path, 'placeholder', 0, INPUT_PLACEHOLDER),
        ...((numberIn(component, 'max_length') ?? 1) > INPUT_TEXT
          ? [problem(`${path}.max_length`, 'NUMBER_TYPE_MAX', `at most ${INPUT_TEXT}`)]
          : []),
      ];
    case componentType.label:
      return [
        ...required(component, path, 'label', FIELD_LABEL),
        ...within(component, path, 'description', 0, FIELD_DESCRIPTION),
        ...(objectIn(component, 'component') === undefined
          ? [problem(`${path}.component`, 'BASE_TYPE_REQUIRED', 'This field is required')]
          : []),
      ];
    default:
      return within(component, path, 'custom_id', 1, CUSTOM_ID);
  }
}

function buttonProblems(path: string, button: JsonObject): readonly Problem[] {
  const label = within(button, path, 'label', 0, BUTTON_LABEL);
  if (button.style === LINK_STYLE) return [...label, ...required(button, path, 'url', 512)];
  const face =
    textIn(button, 'label') === undefined && objectIn(button, 'emoji') === undefined
      ? [problem(path, 'BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED', 'a button needs a label or an emoji')]
      : [];
  return [...label, ...face, ...required(button, path, 'custom_id', CUSTOM_ID)];
}

function selectProblems(path: string, select: JsonObject): readonly Problem[] {
  const options = objectsIn(select, 'options');
  const values = options.map((option) => textIn(option, 'value'));
  return [
    ...required(select, path, 'custom_id', CUSTOM_ID),
    ...within(select, path, 'placeholder', 0, PLACEHOLDER),
    ...count(`${path}.options`, options.length, 1, OPTIONS),
    ...options.flatMap((option, index) => [
      ...required(option, `${path}.options.${index}`, 'label', OPTION_TEXT),
      ...required(option, `${path}.options.${index}`, 'value', OPTION_TEXT),
      ...within(option, `${path}.options.${index}`, 'description', 0, OPTION_TEXT),
    ]),
    ...(new Set(values).size < values.length
      ? [problem(`${path}.options`, 'SELECT_COMPONENT_OPTION_VALUE_DUPLICATED', 'two options have one value')]
      : []),
  ];
}

/** Custom ids used twice within one message or form. */
export function repeatedIds(placed: readonly PlacedComponent[]): readonly Problem[] {
  const seen = new Set<string>();
  return placed.flatMap(({ path, component }) => {
    const id = textIn(component, 'custom_id');
    if (id === undefined || !seen.has(id)) {
      if (id !== undefined) seen.add(id);
      return [];
    }
    return [problem(`${path}.custom_id`, 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated')];
  });
}
