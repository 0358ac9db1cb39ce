import { isPlaceholder, type Tally, tally } from './alphabet.ts';
import { type Cells, gap, separatorBefore } from './cells.ts';
import type { Claims, SecretKind } from './finding.ts';

const keyLength = 25;
const serverIdLength = 35;
const groupLength = 5;
const contextLength = 40;
const mostForeign = 3;

const keyContext =
  /IPK|PRODU[CK]T ?-?KEY|ライセンス ?キ-|プロダクト ?キ-|产品密钥|LICEN[CS]E ?KEY|INSTALLPRODUCTKEY|<KEY>/;
const serverIdContext = /SERVER ?-?ID|サ-バ-? ?ID/;

interface Scan {
  readonly text: string;
  readonly cells: Cells;
  readonly tally: Tally;
  readonly claims: Claims;
  /** The last cell at or before each cell that starts a row. */
  readonly rows: Uint32Array;
}

/** Takes RDS licence server IDs, product keys in every disguise, and three or more groups of a cut key. */
export function findProductKeys(text: string, cells: Cells, claims: Claims): void {
  const scan: Scan = { text, cells, tally: tally(cells.text), claims, rows: rowStarts(cells) };
  findWindows(scan, serverIdLength, (from, to) => (isServerId(scan, from, to) ? 'licenceServerId' : null));
  findWindows(scan, keyLength, (from, to) => (isEvenKey(scan, from, to) ? 'productKey' : null));
  findWindows(scan, keyLength, (from, to) => (isKey(scan, from, to) ? 'productKey' : null));
  findSlips(scan);
  findPartialKeys(scan);
}

/** Asks about every part of `length` cells that starts and ends with a chunk. */
function findWindows(scan: Scan, length: number, kindOf: (from: number, to: number) => SecretKind | null): void {
  const { cells } = scan;
  let next = 0;
  for (const from of cells.chunks) {
    const to = from + length;
    if (from < next || to > cells.text.length || cells.gaps[to] === gap.none || !inOneRow(scan, from, to)) continue;
    const kind = kindOf(from, to);
    if (kind !== null && take(scan, kind, from, to)) next = to;
  }
}

function isServerId(scan: Scan, from: number, to: number): boolean {
  const { cells, tally: counts, text } = scan;
  const letters = counts.letters(from, to);
  if (letters < 8 || letters > to - from - 2 || !hasEvenGroups(scan, from, to)) return false;
  const hyphened = separatorBefore(text, cells, from + groupLength).includes('-');
  const likely = hyphened || counts.foreign(from, to) <= 4 || serverIdContext.test(before(scan, from));
  return likely && !isPlaceholder(cells.text.slice(from, to));
}

function isEvenKey(scan: Scan, from: number, to: number): boolean {
  const likely = isKeyLike(scan, from, to) || keyContext.test(before(scan, from));
  return likely && hasEvenGroups(scan, from, to) && isPlausible(scan, from, to);
}

function isKey(scan: Scan, from: number, to: number): boolean {
  if (!isKeyLike(scan, from, to) || !isPlausible(scan, from, to)) return false;
  let separators = 0;
  let uneven = 0;
  let gaps = 0;
  for (let cell = from + 1; cell < to; cell += 1) {
    const kind = scan.cells.gaps[cell];
    if (kind !== gap.none) gaps += 1;
    if (kind === gap.separator) separators += 1;
    if (kind === gap.separator && (cell - from) % groupLength !== 0) uneven += 1;
  }
  if (uneven === 0 || gaps === keyLength - 1) return true;
  return separators > 0 && scan.tally.foreign(from, to) <= 1;
}

/** Keys with a character too many or too few, and keys glued to a word at either end. */
function findSlips(scan: Scan): void {
  const { chunks, gaps } = scan.cells;
  for (let index = 0; index + 1 < chunks.length; index += 1) {
    const from = chunks[index] ?? 0;
    const single = chunks[index + 1] ?? 0;
    if (Math.abs(single - from - keyLength) === 1 && isContiguousSlip(scan, from, single)) {
      take(scan, 'productKey', from, single);
    }
    const last = chunks[index + 4];
    const end = chunks[index + 5];
    if (last === undefined || end === undefined || !inOneRow(scan, from, end) || gaps[last] === gap.none) continue;
    if (!hasSameSeparators(scan, chunks.slice(index + 1, index + 5), '-')) continue;
    const lengths = [0, 1, 2, 3, 4].map((each) => (chunks[index + each + 1] ?? 0) - (chunks[index + each] ?? 0));
    const [first = 0, , , , final = 0] = lengths;
    const slips = lengths.filter((each) => each !== groupLength);
    const inner = lengths.slice(1, 4).every((each) => each === groupLength);
    const start = inner && first > groupLength ? single - groupLength : from;
    const stop = inner && final > groupLength ? last + groupLength : end;
    const isSlip = slips.length === 1 && slips.every((each) => Math.abs(each - groupLength) === 1);
    const isGlued = inner && first >= groupLength && final >= groupLength && slips.length > 0;
    const [a, b] = isSlip ? [from, end] : [start, stop];
    if ((isSlip || isGlued) && isKeyLike(scan, a, b) && isPlausible(scan, a, b)) take(scan, 'productKey', a, b);
  }
}

function isContiguousSlip(scan: Scan, from: number, to: number): boolean {
  const letters = scan.tally.letters(from, to);
  return scan.tally.foreign(from, to) === 0 && scan.tally.beyondHex(from, to) >= 6 && to - from - letters >= 2;
}

function findPartialKeys(scan: Scan): void {
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

/** Letters and digits as a key has them, with at most three slips such as O for 0. */
function isKeyLike(scan: Scan, from: number, to: number): boolean {
  const foreign = scan.tally.foreign(from, to);
  const letters = scan.tally.letters(from, to);
  const mixed = letters >= 8 && (letters < to - from || foreign === 0);
  return mixed && foreign <= mostForeign && scan.tally.beyondHex(from, to) >= 4;
}

function isPlausible(scan: Scan, from: number, to: number): boolean {
  return scan.tally.letters(from, to) > 0 && !isPlaceholder(scan.cells.text.slice(from, to));
}

/** True when the part is groups of five with one separator throughout, or one chunk. */
function hasEvenGroups(scan: Scan, from: number, to: number): boolean {
  const inner: number[] = [];
  for (let cell = from + 1; cell < to; cell += 1) if (scan.cells.gaps[cell] !== gap.none) inner.push(cell);
  if (inner.length === 0) return true;
  const even =
    inner.length === (to - from) / groupLength - 1 && inner.every((cell) => (cell - from) % groupLength === 0);
  return even && hasSameSeparators(scan, inner, '');
}

function hasSameSeparators(scan: Scan, starts: readonly number[], holding: string): boolean {
  const [first, ...others] = starts.map((cell) => separatorBefore(scan.text, scan.cells, cell));
  return (first?.includes(holding) ?? false) && others.every((other) => other === first);
}

function inOneRow(scan: Scan, from: number, to: number): boolean {
  return (scan.rows[to - 1] ?? 0) <= from;
}

function before(scan: Scan, cell: number): string {
  const at = scan.cells.at[cell] ?? 0;
  return scan.text.slice(Math.max(0, at - contextLength), at);
}

function take(scan: Scan, kind: SecretKind, from: number, to: number): boolean {
  const { at, text } = scan.cells;
  return scan.claims.take({
    kind,
    from: at[from] ?? 0,
    to: (at[to - 1] ?? 0) + 1,
    ending: text.slice(to - groupLength, to),
  });
}

function rowStarts(cells: Cells): Uint32Array {
  const rows = new Uint32Array(cells.text.length);
  let start = 0;
  for (let cell = 0; cell < rows.length; cell += 1) {
    if (cells.gaps[cell] === gap.end) start = cell;
    rows[cell] = start;
  }
  return rows;
}
