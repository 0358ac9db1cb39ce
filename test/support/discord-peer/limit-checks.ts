import type { Problem } from './api-error.ts';
import { type JsonObject, textIn } from './json.ts';

/** The text under `key` must be there and hold 1 to `max` characters. `path` is that of `body`, empty at the top. */
export function required(body: JsonObject, path: string, key: string, max: number): readonly Problem[] {
  if (textIn(body, key) !== undefined) return within(body, path, key, 1, max);
  return [problem(path === '' ? key : `${path}.${key}`, 'BASE_TYPE_REQUIRED', 'This field is required')];
}

/** The text under `key`, if there, must hold `min` to `max` characters. */
export function within(body: JsonObject, path: string, key: string, min: number, max: number): readonly Problem[] {
  const text = textIn(body, key);
  if (text === undefined) return [];
  return count(path === '' ? key : `${path}.${key}`, [...text].length, min, max);
}

export function count(path: string, length: number, min: number, max: number): readonly Problem[] {
  if (length >= min && length <= max) return [];
  return [problem(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${min} and ${max} in length.`)];
}

export function problem(path: string, code: string, message: string): Problem {
  return { path, code, message };
}
