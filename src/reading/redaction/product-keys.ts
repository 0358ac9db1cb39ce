import { type Cells, gap, separatorBefore } from './cells.ts';
import type { Claims, SecretKind } from './finding.ts';
import {
  contextOf,
  createScan,
  groupLength,
  hasSameSeparators,
  inOneRow,
  isKeyLike,
  isPlausible,
  type Scan,
  take,
} from './key-scan.ts';
import { findKeySlips, findPartialKeys } from './key-slips.ts';

const keyLength = 25;
const serverIdLength = 35;

const keyContext =
  /IPK|PRODU[CK]T ?-?KEY|ライセンス ?キ-|プロダクト ?キ-|产品密钥|LICEN[CS]E ?KEY|INSTALLPRODUCTKEY|<KEY>/;
const serverIdContext = /SERVER ?-?ID|サ-バ-? ?ID/;

/** Takes RDS licence server IDs, product keys in every disguise, and three or more groups of a cut key. */
export function findProductKeys(text: string, cells: Cells, claims: Claims): void {
  const scan = createScan(text, cells, claims);
  findWindows(scan, serverIdLength, (from, to) => (isServerId(scan, from, to) ? 'licenceServerId' : null));
  findWindows(scan, keyLength, (from, to) => (isEvenKey(scan, from, to) ? 'productKey' : null));
  findWindows(scan, keyLength, (from, to) => (isKey(scan, from, to) ? 'productKey' : null));
  findKeySlips(scan);
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
  const likely = hyphened || counts.foreign(from, to) <= 4 || serverIdContext.test(contextOf(scan, from));
  return likely && isPlausible(scan, from, to);
}

function isEvenKey(scan: Scan, from: number, to: number): boolean {
  const likely = isKeyLike(scan, from, to) || keyContext.test(contextOf(scan, from));
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

/** True when the part is groups of five with one separator throughout, or one chunk. */
function hasEvenGroups(scan: Scan, from: number, to: number): boolean {
  const inner: number[] = [];
  for (let cell = from + 1; cell < to; cell += 1) if (scan.cells.gaps[cell] !== gap.none) inner.push(cell);
  if (inner.length === 0) return true;
  const even =
    inner.length === (to - from) / groupLength - 1 && inner.every((cell) => (cell - from) % groupLength === 0);
  return even && hasSameSeparators(scan, inner, '');
}
