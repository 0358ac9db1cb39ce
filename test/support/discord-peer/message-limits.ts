import type { Problem } from './api-error.ts';
import { problemsInComponent, repeatedIds } from './component-limits.ts';
import { componentType, flatten, type PlacedComponent } from './components.ts';
import { type JsonObject, objectIn, objectsIn, textIn } from './json.ts';
import { count, problem, required, within } from './limit-checks.ts';

/** Message flags from Discord's "Message" page. */
export const messageFlags = { hasThread: 1 << 5, ephemeral: 1 << 6, loading: 1 << 7, componentsV2: 1 << 15 } as const;

// From Discord's "Message", "Component Reference" and "Receiving and Responding" pages; the OpenAPI document lacks them
// or holds them only in part. The 4,000 characters of components v2 are what the client refuses beyond.
const CONTENT = 2_000;
const EMBEDS_TOTAL = 6_000;
const ROWS = 5;
const V2_COMPONENTS = 40;
const V2_TEXT = 4_000;

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
