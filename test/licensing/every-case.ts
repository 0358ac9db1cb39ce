import { editions, versions } from '../../src/knowledge/schema/editions.ts';
import { unsure } from '../../src/knowledge/schema/ids.ts';
import type { Policy } from '../../src/licensing/policy.ts';

type Answers = Readonly<Record<string, string | number>>;

const yesNo = ['yes', 'no'];
const newestFirst = versions.toReversed();
/** Answers worth trying to each question: every choice, and numbers on both sides of every limit. */
const answers: Readonly<Record<string, readonly (string | number)[]>> = {
  'cal-version': versions,
  'server-version': newestFirst,
  'cal-assurance': yesNo,
  'cal-bought': ['2015-01-01', '2026-01', 'last spring'],
  'cal-access': ['staff', 'external', 'admins', 'web', 'mixed'],
  'cal-edition': ['standard', 'datacenter', 'essentials', 'foundation', 'evaluation'],
  'cal-users': [0, 15, 25, 26],
  'cal-devices': [0, 15, 50, 51],
  'cal-sharing': ['no', 'shifts', 'shared'],
  'rds-host-version': newestFirst,
  'rds-cal-version': newestFirst,
  'rds-server-version': newestFirst,
  'rds-mode': ['per-user', 'per-device'],
  'rds-workgroup': yesNo,
  'rds-days': [0, 120, 121],
  'core-processors': [2, 1, 0],
  'core-per-processor': [10, 6, 24, 0],
  'core-vms': [3, 2, 0],
  'core-edition': ['standard', 'datacenter'],
  'core-host-role': ['only-vms', 'other-role'],
  'core-servers': [2, 1],
  'rds-admins': [2, 3],
  'support-version': versions,
  'downgrade-channel': ['volume', 'oem', 'retail', 'evaluation', 'subscription'],
  'downgrade-from': newestFirst,
  'downgrade-to': versions,
  'installed-edition': editions,
  'installed-evaluation': ['no', 'yes'],
  'installed-core': yesNo.toReversed(),
  'installed-version': newestFirst,
  'bought-edition': editions,
  'bought-version': newestFirst,
  'key-channel': ['oem', 'retail', 'mak', 'kms', 'avma', 'evaluation'],
  'domain-controller': ['no', 'yes'],
  'kms-host-version': newestFirst,
  'kms-client-version': newestFirst,
  'kms-server-count': [0, 4, 5, 25],
  'kms-client-count': [0, 1, 25],
  'avma-host-version': newestFirst,
  'avma-guest-version': newestFirst,
  'reassign-reason': ['left', 'broken', 'absence', 'other'],
  'reassign-days': [89, 90],
};
const everyAnswer = (question: string) => [...(answers[question] ?? []), unsure];

/**
 * Cases for a policy: no answer at all, and every answer to each question and each two questions while the others are missing,
 * unsure or fixed on their first answer. Bounded, where the full product is not.
 */
export function everyCase({ needs, optional = [] }: Policy): readonly Answers[] {
  const questions = [...needs, ...optional];
  const first = Object.fromEntries(questions.map((question) => [question, everyAnswer(question)[0] ?? unsure]));
  const unknown = Object.fromEntries(questions.map((question) => [question, unsure]));
  const needed = Object.fromEntries(needs.map((question) => [question, first[question] ?? unsure]));
  const pairs = questions.flatMap((left, index) => questions.slice(index + 1).flatMap((right) => product(left, right)));
  const singles = questions.flatMap((question) => everyAnswer(question).map((answer) => ({ [question]: answer })));
  return [{}, needed, first, unknown].flatMap((base) => [
    base,
    ...[...singles, ...pairs].map((given) => ({ ...base, ...given })),
  ]);
}

function product(left: string, right: string): readonly Answers[] {
  return everyAnswer(left).flatMap((one) => everyAnswer(right).map((other) => ({ [left]: one, [right]: other })));
}
