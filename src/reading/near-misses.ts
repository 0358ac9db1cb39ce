import { isInFamily, type KnownCodes } from './code-forms/candidate.ts';
import { fold, originalSpan } from './fold.ts';
import { maxReadableLength } from './limit.ts';

/** Something that looks like a code but has not eight digits. */
export interface NearMiss {
  readonly raw: string;
  readonly at: number;
  /** Known codes that one digit more or less makes of it, the likeliest first. */
  readonly proposals: readonly string[];
}

const hexDigits = '0123456789ABCDEF';
const codeLength = 8;
const mostMisses = 5;
const mostProposals = 6;
const written = /(?<![0-9A-Z])([0O]X)?([0-9A-F]{6,10})(?![0-9A-Z]|-[0-9A-F]{4}-)/g;

/** Reads codes written with a digit too many or too few, and what they may have been. At most five. */
export function readNearMisses(text: string, known: KnownCodes): readonly NearMiss[] {
  const original = text.slice(0, maxReadableLength);
  const folded = fold(original);
  const misses: NearMiss[] = [];
  for (const match of folded.text.matchAll(written)) {
    const digits = match[2] ?? '';
    const meant = match[1] !== undefined || (isInFamily(digits) && /[A-F]/.test(digits));
    if (digits.length === codeLength || !meant) continue;
    const [start, end] = originalSpan(folded, match.index, match.index + match[0].length, original);
    misses.push({ raw: original.slice(start, end), at: start, proposals: propose(digits, known) });
    if (misses.length === mostMisses) break;
  }
  return misses;
}

function propose(digits: string, known: KnownCodes): readonly string[] {
  const variants =
    digits.length === codeLength - 1 ? longer(digits) : digits.length === codeLength + 1 ? shorter(digits) : [];
  const codes = new Set(variants.map((variant) => `0x${variant}`).filter((code) => known.has(code)));
  return [...codes].slice(0, mostProposals);
}

// From the end, where most digits get lost.
function longer(digits: string): readonly string[] {
  return [...digits, '']
    .map((_, index) => digits.length - index)
    .flatMap((index) => [...hexDigits].map((digit) => digits.slice(0, index) + digit + digits.slice(index)));
}

function shorter(digits: string): readonly string[] {
  return [...digits].map((_, index) => digits.slice(0, index) + digits.slice(index + 1)).toReversed();
}
