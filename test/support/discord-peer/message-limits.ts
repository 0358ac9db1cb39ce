import type { Problem } from './api-error.ts';
import { componentType, flatten, type PlacedComponent } from './components.ts';
import { type JsonObject, numberIn, objectIn, objectsIn, textIn, textsIn } from './json.ts';

/** Message flags from Discord's "Message" page. */
export const messageFlags = { hasThread: 1 << 5, ephemeral: 1 << 6, loading: 1 << 7, componentsV2: 1 << 15 } as const;

// From Discord's "Message", "Component Reference" and "Receiving and Responding" pages; the OpenAPI document lacks them
// or holds them only in part. The 4,000 characters of components v2 are what the client refuses beyond.
const CONTENT = 2_000;
const EMBEDS_TOTAL = 6_000;
const ROWS = 5;
const ROW_BUTTONS = 5;
const BUTTON_LABEL = 80;
const CUSTOM_ID = 100;
const OPTIONS = 25;
const OPTION_TEXT = 100;
const PLACEHOLDER = 150;
const V2_COMPONENTS = 40;
const V2_TEXT = 4_000;
const LINK_STYLE = 5;
const MODAL_TITLE = 45;
const MODAL_COMPONENTS = 5;
const FIELD_LABEL = 45;
const FIELD_DESCRIPTION = 100;
const INPUT_TEXT = 4_000;
const INPUT_PLACEHOLDER = 100;

/** What is wrong with a message body, given the flags the message has or will have. */
export function problemsInMessage(body: JsonObject, flags: number): readonly Problem[] {
  const placed = flatten(objectsIn(body, 'components'));
  const shared = [
    ...within(body, '', 'content', 0, CONTENT),
    ...placed.flatMap(problemsInComponent),
    ...repeatedIds(placed),
  ];
  const layout = (flags & messageFlags.componentsV2) === 0 ? legacyProblems(body) : v2Problems(body, placed);
  return [...shared, ...layout, ...embedProblems(objectsIn(body, 'embeds'))];
}

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

function legacyProblems(body: JsonObject): readonly Problem[] {
  const rows = objectsIn(body, 'components');
  const strangers = rows.flatMap((row, index) =>
    row.type === componentType.row
      ? []
      : [
          problem(
            `components.${index}.type`,
            'UNION_TYPE_CHOICES',
            'only action rows stand here without IS_COMPONENTS_V2',
          ),
        ],
  );
  return [...count('components', rows.length, 0, ROWS), ...strangers];
}

function v2Problems(body: JsonObject, placed: readonly PlacedComponent[]): readonly Problem[] {
  const legacy = ['content', 'embeds', 'poll', 'sticker_ids'].filter((key) => {
    const value = body[key];
    return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
  });
  const characters = placed.reduce(
    (sum, { component }) =>
      component.type === componentType.textDisplay ? sum + (textIn(component, 'content')?.length ?? 0) : sum,
    0,
  );
  return [
    ...legacy.map((key) =>
      problem(
        key,
        'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
        `'${key}' cannot be used with IS_COMPONENTS_V2`,
      ),
    ),
    ...count('components', placed.length, 1, V2_COMPONENTS),
    ...(characters > V2_TEXT
      ? [problem('components', 'BASE_TYPE_MAX_LENGTH', `over ${V2_TEXT} characters of text`)]
      : []),
  ];
}

function problemsInComponent({ path, component }: PlacedComponent): readonly Problem[] {
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

function embedProblems(embeds: readonly JsonObject[]): readonly Problem[] {
  const total = embeds.reduce((sum, embed) => sum + embedLength(embed), 0);
  return [
    ...count('embeds', embeds.length, 0, 10),
    ...(total > EMBEDS_TOTAL ? [problem('embeds', 'MAX_EMBED_SIZE_EXCEEDED', `over ${EMBEDS_TOTAL} characters`)] : []),
    ...embeds.flatMap((embed, index) => [
      ...within(embed, `embeds.${index}`, 'title', 0, 256),
      ...within(embed, `embeds.${index}`, 'description', 0, 4_096),
      ...count(`embeds.${index}.fields`, objectsIn(embed, 'fields').length, 0, 25),
      ...objectsIn(embed, 'fields').flatMap((field, at) => [
        ...required(field, `embeds.${index}.fields.${at}`, 'name', 256),
        ...required(field, `embeds.${index}.fields.${at}`, 'value', 1_024),
      ]),
    ]),
  ];
}

function embedLength(embed: JsonObject): number {
  const parts = [
    embed,
    ...objectsIn(embed, 'fields'),
    objectIn(embed, 'footer') ?? {},
    objectIn(embed, 'author') ?? {},
  ];
  const keys = ['title', 'description', 'name', 'value', 'text'];
  return parts
    .flatMap((part) => keys.map((key) => textIn(part, key)?.length ?? 0))
    .reduce((sum, length) => sum + length, 0);
}

function repeatedIds(placed: readonly PlacedComponent[]): readonly Problem[] {
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

function required(body: JsonObject, path: string, key: string, max: number): readonly Problem[] {
  if (textIn(body, key) !== undefined) return within(body, path, key, 1, max);
  return [problem(path === '' ? key : `${path}.${key}`, 'BASE_TYPE_REQUIRED', 'This field is required')];
}

function within(body: JsonObject, path: string, key: string, min: number, max: number): readonly Problem[] {
  const text = textIn(body, key);
  if (text === undefined) return [];
  return count(path === '' ? key : `${path}.${key}`, [...text].length, min, max);
}

function count(path: string, length: number, min: number, max: number): readonly Problem[] {
  if (length >= min && length <= max) return [];
  return [problem(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`)];
}

function problem(path: string, code: string, message: string): Problem {
  return { path, code, message };
}

/** The role, person and everyone mentions a message would send out, given its `allowed_mentions`. */
export function mentionsThatPing(body: JsonObject, texts: readonly string[]): readonly string[] {
  const allowed = objectIn(body, 'allowed_mentions');
  const parse = allowed === undefined ? ['users', 'roles', 'everyone'] : textsIn(allowed, 'parse');
  const listed = (kind: 'users' | 'roles', id: string): boolean =>
    parse.includes(kind) || (allowed !== undefined && textsIn(allowed, kind).includes(id));
  const pings = texts.flatMap((text) => {
    const people = [...text.matchAll(/<@!?(\d+)>/g)].filter(([, id]) => listed('users', id ?? ''));
    const roles = [...text.matchAll(/<@&(\d+)>/g)].filter(([, id]) => listed('roles', id ?? ''));
    const all = parse.includes('everyone') ? [...text.matchAll(/@(everyone|here)\b/g)] : [];
    return [...people, ...roles, ...all].map(([written]) => written);
  });
  return [...new Set(pings)];
}
