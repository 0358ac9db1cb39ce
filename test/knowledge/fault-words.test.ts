import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { schemaOf } from '../../src/knowledge/schema/files.ts';
import { checkValues } from '../../src/knowledge/yaml-file.ts';
import { shippedFiles } from '../support/knowledge.ts';

type Path = readonly (string | number)[];

/** Places of a file, one of each shape: list indices count once. */
function placesIn(value: unknown, path: Path, seen: Map<string, Path>): void {
  if (path.length > 0) seen.set(path.map((key) => (typeof key === 'number' ? '#' : key)).join('.'), path);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value).slice(0, 40))
    placesIn(inner, [...path, Array.isArray(value) ? Number(key) : key], seen);
}

/** The file with another value at a place; `undefined` takes the place away. */
function withValue(value: unknown, [key, ...rest]: Path, put: unknown): unknown {
  if (key === undefined) return put;
  const changed: unknown[] | Record<string, unknown> = Array.isArray(value)
    ? [...value]
    : { ...(value as Record<string, unknown>) };
  const inner = withValue((changed as Record<string | number, unknown>)[key], rest, put);
  if (inner === undefined) Reflect.deleteProperty(changed, key);
  else (changed as Record<string | number, unknown>)[key] = inner;
  return Array.isArray(changed) ? changed.filter((each) => each !== undefined) : changed;
}

const raw = /^(Invalid|Too (small|big)|Unrecognized)|expected |received|Zod/i;

/** One file a schema. */
const files = [...new Map([...shippedFiles()].map(([file, text]) => [schemaOf(file), [file, text] as const])).values()];

describe.each(files.filter(([file]) => schemaOf(file) !== undefined))('%s', (file, text) => {
  test('says in words what to do about the commonest mistakes, wherever they are made', () => {
    const schema = schemaOf(file);
    if (schema === undefined) throw new Error(`${file} has no schema`);
    const values = load(text);
    const places = new Map<string, Path>();
    placesIn(values, [], places);
    const said = [...places.values()].slice(0, 60).flatMap((path) =>
      [undefined, 'No Such Thing', 7, true, [], { 'no-such-key': 1 }].flatMap((put) => {
        const { problems } = checkValues(schema, withValue(values, path, put), (_, message) => ({
          file,
          line: 1,
          column: 1,
          message,
        }));
        return problems.map(({ message }) => message);
      }),
    );
    expect(said.length).toBeGreaterThan(0);
    expect(new Set(said.filter((message) => raw.test(message)))).toEqual(new Set());
  });
});
