/** A JSON object of unknown content, as it comes over the wire. */
export type Json = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object (not a list, not null). */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; nothing when the value is no list. */
export function records(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

/** The value when it is a string, else the empty string. */
export function word(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The object at `key`, or an empty one. */
export function child(parent: Json, key: string): Json {
  const value = parent[key];
  return isJson(value) ? value : {};
}

/** The value parsed as JSON, or the text itself when it is none. */
export function parsedOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
