import type { Knowledge } from '../../knowledge/knowledge.ts';
import type { Sight } from './see.ts';
import { vocabularyOf } from './vocabulary.ts';

/** A request that is not helped with, or a question about such a thing. */
export type RefusalReading =
  | { readonly kind: 'request'; readonly id: string }
  | { readonly kind: 'enquiry'; readonly topic: string };

const signsAsLetters: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};
const signs = /[013457@$!]/g;

/**
 * Reads a request for activators, leaked keys, others' KMS hosts or tricks against counters, in any disguise. A person who
 * asks whether such a thing is lawful, or who wants it gone, makes no such request.
 */
export function readRefusal(knowledge: Knowledge, { folded, terms: seen }: Sight): RefusalReading | undefined {
  const { requests, removing, enquiring, insisting } = knowledge.refusals;
  const terms = new Set([...seen, ...vocabularyOf(knowledge).terms.termsIn(undisguise(folded))]);
  const hasAny = (ids: readonly string[]) => ids.some((id) => terms.has(id));
  const hasAll = (ids: readonly string[]) => ids.every((id) => terms.has(id));
  const named = namesIn(knowledge);
  const request = requests.find(
    ({ id, about, unless = [] }) => named.get(id)?.test(folded) === true || (about.some(hasAll) && !hasAny(unless)),
  );
  if (request === undefined) return undefined;
  const isEnquiry = hasAny(removing) || (hasAny(enquiring) && !hasAny(insisting));
  return isEnquiry && request.enquiry !== undefined
    ? { kind: 'enquiry', topic: request.enquiry }
    : { kind: 'request', id: request.id };
}

/** Words again where letters stand apart (`c r a c k`) or digits stand for letters (`cr4ck`). */
function undisguise(folded: string): string {
  return folded
    .replaceAll(/(?<![a-z0-9])[a-z0-9@$!](?:[ ._*-][a-z0-9@$!](?![a-z0-9])){2,}/g, (letters) =>
      letters.replaceAll(/[ ._*-]/g, ''),
    )
    .replaceAll(/[a-z0-9@$!]*[a-z][013457@$!][a-z0-9@$!]*/g, asLetters);
}

const ready = new WeakMap<Knowledge, ReadonlyMap<string, RegExp>>();

/** What finds the names of each request. Compiled once for a knowledge: it costs more than all the rest of a short text. */
function namesIn(knowledge: Knowledge): ReadonlyMap<string, RegExp> {
  const known = ready.get(knowledge);
  if (known !== undefined) return known;
  const named = new Map(
    knowledge.refusals.requests.flatMap(({ id, names = [] }) =>
      names.length === 0 ? [] : [[id, new RegExp(names.map(disguised).join('|'))]],
    ),
  );
  ready.set(knowledge, named);
  return named;
}

/** A name whatever stands between its letters, with signs for letters, as a word of its own. */
function disguised(name: string): string {
  const letters = Array.from(name, (letter) => {
    const signsFor = Object.keys(signsAsLetters).filter((sign) => signsAsLetters[sign] === letter);
    return `[${letter}${signsFor.join('')}]`;
  });
  return `(?<![a-z0-9])${letters.join('[^a-z0-9]{0,2}')}(?![a-z])`;
}

function asLetters(text: string): string {
  return text.replaceAll(signs, (sign) => signsAsLetters[sign] ?? sign);
}
