import { gap, separatorBefore } from './cells.ts';
import { groupLength, hasSameSeparators, inOneRow, isKeyLike, isPlausible, type Scan, take } from './key-scan.ts';

const keyLength = 25;
const keyGroups = 5;

/** Takes keys with a character too many or too few, and keys glued to a word at either end. */
export function findKeySlips(scan: Scan): void {
  const { chunks } = scan.cells;
  for (let index = 0; index + 1 < chunks.length; index += 1) {
    const part = slipAt(scan, index);
    if (part !== null) take(scan, 'productKey', ...part);
  }
}

function slipAt(scan: Scan, index: number): readonly [number, number] | null {
  const { chunks } = scan.cells;
  const from = chunks[index] ?? 0;
  const to = chunks[index + 1] ?? 0;
  if (Math.abs(to - from - keyLength) === 1) return isPackedSlip(scan, from, to) ? [from, to] : null;
  const end = chunks[index + keyGroups];
  if (end === undefined || !inOneRow(scan, from, end)) return null;
  const starts = chunks.slice(index, index + keyGroups + 1);
  if (!hasSameSeparators(scan, starts.slice(1, -1), '-')) return null;
  const part = slippedPart(starts) ?? gluedPart(starts);
  return part !== null && isKeyLike(scan, ...part) && isPlausible(scan, ...part) ? part : null;
}

/** Five groups, one of them a character short or long. */
function slippedPart(starts: readonly number[]): readonly [number, number] | null {
  const wrong = lengthsOf(starts).filter((length) => length !== groupLength);
  const slipped = wrong.length === 1 && wrong.every((length) => Math.abs(length - groupLength) === 1);
  return slipped ? [starts[0] ?? 0, starts.at(-1) ?? 0] : null;
}

/** Five groups, of which the first ends a word or the last begins one. */
function gluedPart(starts: readonly number[]): readonly [number, number] | null {
  const lengths = lengthsOf(starts);
  const inner = lengths.slice(1, -1).every((length) => length === groupLength);
  if (!inner || lengths.some((length) => length < groupLength)) return null;
  return [(starts[1] ?? 0) - groupLength, (starts.at(-2) ?? 0) + groupLength];
}

function lengthsOf(starts: readonly number[]): readonly number[] {
  return starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
}

function isPackedSlip(scan: Scan, from: number, to: number): boolean {
  const letters = scan.tally.letters(from, to);
  return scan.tally.foreign(from, to) === 0 && scan.tally.beyondHex(from, to) >= 6 && to - from - letters >= 2;
}

/** Takes three or more groups of a key that was cut or half masked. */
export function findPartialKeys(scan: Scan): void {
  const { chunks } = scan.cells;
  for (let index = 0; index + 2 < chunks.length; ) {
    let groups = 0;
    while (isPartOfKey(scan, index, groups)) groups += 1;
    const from = chunks[index] ?? 0;
    const to = chunks[index + groups] ?? from;
    if (groups >= 3 && isPartialKey(scan, from, to, groups)) take(scan, 'partialKey', from, to);
    index += Math.max(groups, 1);
  }
}

function isPartOfKey(scan: Scan, index: number, groups: number): boolean {
  const { cells, text, claims } = scan;
  const from = cells.chunks[index + groups];
  const to = cells.chunks[index + groups + 1];
  if (from === undefined || to === undefined || to - from !== groupLength) return false;
  if (claims.has(cells.at[from] ?? 0) || new Set(cells.text.slice(from, to)).size === 1) return false;
  if (groups === 0) return true;
  const second = cells.chunks[index + 1] ?? 0;
  if (cells.gaps[from] === gap.end) return false;
  return cells.gaps[from] === gap.wrap || separatorBefore(text, cells, from) === separatorBefore(text, cells, second);
}

function isPartialKey(scan: Scan, from: number, to: number, groups: number): boolean {
  const separator = separatorBefore(scan.text, scan.cells, from + groupLength);
  const letters = scan.tally.letters(from, to);
  const digits = to - from - letters;
  const foreign = scan.tally.foreign(from, to);
  if (letters < 4 || scan.tally.beyondHex(from, to) < 3) return false;
  if (separator.includes('-')) return foreign <= groups / 2 && (digits > 0 || foreign === 0);
  return separator === ' ' && foreign === 0 && digits >= 2;
}
