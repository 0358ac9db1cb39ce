import type { Problem } from './api-error.ts';
import { type JsonObject, objectIn, objectsIn, textIn } from './json.ts';

// From Discord's "Application Commands" page.
const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const CHARACTERS = 8_000;
const OPTIONS = 25;
const CHOICES = 25;
const DESCRIPTION = 100;

/** How many commands of each type (chat input, user, message) one scope may hold. */
export const commandLimits: Readonly<Record<number, number>> = { 1: 100, 2: 15, 3: 15 };

/** What is wrong with one command. */
export function problemsInCommand(command: JsonObject): readonly Problem[] {
  const chatInput = (command.type ?? 1) === 1;
  const total = charactersIn(command);
  return [
    ...(chatInput ? [...nameProblems('', command), ...describeProblems('', command)] : menuNameProblems(command)),
    ...(chatInput ? optionProblems('options', objectsIn(command, 'options')) : []),
    ...(total > CHARACTERS
      ? [problem('', 'APPLICATION_COMMAND_TOO_LARGE', `${total} of ${CHARACTERS} characters`)]
      : []),
  ];
}

function optionProblems(path: string, options: readonly JsonObject[]): readonly Problem[] {
  const names = options.map((option) => textIn(option, 'name'));
  const optional = options.findIndex((option) => option.required !== true);
  const late = optional >= 0 && options.slice(optional).some((option) => option.required === true);
  return [
    ...(options.length > OPTIONS ? [problem(path, 'BASE_TYPE_BAD_LENGTH', `at most ${OPTIONS} options`)] : []),
    ...(new Set(names).size < names.length
      ? [problem(path, 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID', 'a name is used twice')]
      : []),
    ...(late ? [problem(path, 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', 'required options come first')] : []),
    ...options.flatMap((option, index) => {
      const at = `${path}.${index}`;
      const choices = objectsIn(option, 'choices');
      return [
        ...nameProblems(at, option),
        ...describeProblems(at, option),
        ...(choices.length > CHOICES ? [problem(`${at}.choices`, 'BASE_TYPE_BAD_LENGTH', `at most ${CHOICES}`)] : []),
        ...(choices.length > 0 && option.autocomplete === true
          ? [
              problem(
                `${at}.autocomplete`,
                'APPLICATION_COMMAND_AUTOCOMPLETE_WITH_CHOICES',
                'not together with choices',
              ),
            ]
          : []),
        ...optionProblems(`${at}.options`, objectsIn(option, 'options')),
      ];
    }),
  ];
}

function nameProblems(path: string, named: JsonObject): readonly Problem[] {
  const names = [named.name, ...Object.values(objectIn(named, 'name_localizations') ?? {})];
  const good = names.every(
    (name) => name === null || (typeof name === 'string' && NAME.test(name) && name === name.toLowerCase()),
  );
  return good ? [] : [problem(at(path, 'name'), 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid')];
}

function menuNameProblems(command: JsonObject): readonly Problem[] {
  const length = textIn(command, 'name')?.length ?? 0;
  if (textIn(command, 'description'))
    return [problem('description', 'APPLICATION_COMMAND_DESCRIPTION', 'must be empty')];
  return length >= 1 && length <= 32
    ? []
    : [problem('name', 'BASE_TYPE_BAD_LENGTH', 'Must be between 1 and 32 in length.')];
}

function describeProblems(path: string, described: JsonObject): readonly Problem[] {
  const texts = [described.description, ...Object.values(objectIn(described, 'description_localizations') ?? {})];
  const good = texts.every(
    (text) => text === null || (typeof text === 'string' && text.length >= 1 && text.length <= DESCRIPTION),
  );
  return good
    ? []
    : [problem(at(path, 'description'), 'BASE_TYPE_BAD_LENGTH', `Must be between 1 and ${DESCRIPTION} in length.`)];
}

/** Names, descriptions and choice values together, each counted in its longest language. */
function charactersIn(item: JsonObject): number {
  const longest = (key: string): number => {
    const all = [item[key], ...Object.values(objectIn(item, `${key}_localizations`) ?? {})];
    return Math.max(0, ...all.map((text) => (typeof text === 'string' ? text.length : 0)));
  };
  const inner = [...objectsIn(item, 'options'), ...objectsIn(item, 'choices')].map(charactersIn);
  return (
    longest('name') +
    longest('description') +
    (textIn(item, 'value')?.length ?? 0) +
    inner.reduce((sum, length) => sum + length, 0)
  );
}

function at(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function problem(path: string, code: string, message: string): Problem {
  return { path, code, message };
}
