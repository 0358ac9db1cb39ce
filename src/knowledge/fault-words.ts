import { z } from 'zod';
import { closest } from './closest.ts';

const kinds: Readonly<Record<string, string>> = {
  string: 'text, in quotes if need be',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'names with a value each',
  record: 'names with a value each',
};

/** Says what the author does about a fault that its schema has no words of its own for. */
export const faultWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'this is missing: write it'
        : `write ${kinds[issue.expected] ?? issue.expected} here`;
    case 'invalid_value':
      return oneOf(issue.values.map(String), issue.input);
    case 'unrecognized_keys':
      return unknownKeys(issue.keys, issue.inst);
    case 'too_small':
      return issue.origin === 'array' || issue.origin === 'string'
        ? 'this is empty or too short: write at least one, or remove it'
        : `write at least ${issue.minimum}`;
    case 'too_big':
      return issue.origin === 'string' ? `at most ${issue.maximum} characters fit` : `at most ${issue.maximum} fit`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? 'this name cannot be used: correct it';
    case 'invalid_union':
      return 'this is none of the forms it may have: compare it with its neighbours';
    default:
      return 'this cannot be so: compare it with its neighbours';
  }
};

function oneOf(values: readonly string[], input: unknown): string {
  if (input === undefined) return `this is missing: write one of ${values.join(', ')}`;
  return `write one of ${values.join(', ')}${closest(String(input), values)}`;
}

function unknownKeys(keys: readonly string[], schema: unknown): string {
  const known = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  return `nothing is called ${keys.join(', ')} here${closest(keys[0] ?? '', known)}: correct the name or remove it`;
}
