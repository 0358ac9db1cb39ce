import type { Candidate, KnownCodes } from './code-forms/candidate.ts';
import { readBare, readPrefixed } from './code-forms/hex.ts';
import { readDecimals, readSuffixes, readWin32 } from './code-forms/numbers.ts';
import { fold, originalSpan } from './fold.ts';
import { maxReadableLength } from './limit.ts';

/** A code found in a text. */
export interface CodeReading {
  /** `0x` and eight upper-case hex digits. */
  readonly code: string;
  /** What was written. */
  readonly raw: string;
  /** Where it starts in the text. */
  readonly at: number;
  /**
   * `exact`: the whole number was written. `corrected`: an O was read as 0, or a break inside was closed. `suffix`:
   * only the last four digits were written. `context`: a Win32 number that words nearby make an error code.
   */
  readonly certainty: Candidate['certainty'];
  /** `reason`: why Windows is in notification mode, which is a state; `error`: the result of an attempt. */
  readonly role: 'error' | 'reason';
}

const mostCodes = 50;
const mostCandidates = 500;
const readers = [readPrefixed, readBare, readDecimals, readWin32, readSuffixes];

const otherNumbers: readonly RegExp[] = [
  /(?<![0-9A-Z])[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}(?![0-9A-Z])/g,
  /(?<![0-9A-Z])\d{5}-\d{5}-[0-9A-Z]{3,6}-[0-9A-Z-]{5,50}(?:\.[0-9-]{4,20})?/g,
  /(?<![0-9A-Z])(?:[0-9A-F]{2}[:-]){5}[0-9A-F]{2}(?![0-9A-Z])/g,
  /(?<![0-9A-Z])(?:[0-9A-F]{4}\.){2}[0-9A-F]{4}(?![0-9A-Z])/g,
  /(?<![0-9A-Z])[0-9A-F]{20,}(?![0-9A-Z])/g,
];

const reasonBefore = /(?:REASON|理由)["'\s:=：は]{0,20}$/;
const reasonAfter = /^[ (]{1,3}(?:NON-GENUINE|GRACE TIME EXPIRED)/;

/**
 * Reads the error codes of a text in any of their written forms, in the order of the text, each once a role.
 * Text beyond `maxReadableLength` is not read, nor codes past the fiftieth.
 */
export function readCodes(text: string, known: KnownCodes): readonly CodeReading[] {
  const original = text.slice(0, maxReadableLength);
  const folded = fold(original);
  const found = new Map<string, CodeReading>();
  const whole = new Set<string>();
  for (const { code, from, to, certainty } of candidates(folded.text, known)) {
    const role = roleOf(folded.text, from, to);
    const [start, end] = originalSpan(folded, from, to, original);
    const key = `${role} ${code}`;
    if (certainty !== 'suffix') whole.add(code);
    if (found.get(key)?.certainty === 'suffix' && certainty !== 'suffix') found.delete(key);
    if (!found.has(key)) found.set(key, { code, raw: original.slice(start, end), at: start, certainty, role });
    if (found.size === mostCodes) break;
  }
  return [...found.values()].filter((each) => each.certainty !== 'suffix' || !whole.has(each.code));
}

function candidates(text: string, known: KnownCodes): readonly Candidate[] {
  const taken = new Uint8Array(text.length);
  for (const pattern of otherNumbers) {
    for (const match of text.matchAll(pattern)) taken.fill(1, match.index, match.index + match[0].length);
  }
  const read: Candidate[] = [];
  for (const reader of readers) {
    for (const candidate of reader(text, known)) {
      if (taken.subarray(candidate.from, candidate.to).includes(1)) continue;
      taken.fill(1, candidate.from, candidate.to);
      read.push(candidate);
      if (read.length === mostCandidates) break;
    }
  }
  return read.toSorted((one, other) => one.from - other.from);
}

function roleOf(text: string, from: number, to: number): CodeReading['role'] {
  if (reasonBefore.test(text.slice(Math.max(0, from - 60), from))) return 'reason';
  return reasonAfter.test(text.slice(to, to + 30)) ? 'reason' : 'error';
}
