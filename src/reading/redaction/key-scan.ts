import { isPlaceholder, type Tally, tally } from './alphabet.ts';
import { type Cells, gap, separatorBefore } from './cells.ts';
import type { Claims, SecretKind } from './finding.ts';

export const groupLength = 5;
const mostForeign = 3;
const contextLength = 40;

/** What the searches for keys share. Their parts run from a cell to another (exclusive). */
export interface Scan {
  readonly text: string;
  readonly cells: Cells;
  readonly tally: Tally;
  readonly claims: Claims;
  /** The last cell at or before each cell that starts a row. */
  readonly rows: Uint32Array;
}

export function createScan(text: string, cells: Cells, claims: Claims): Scan {
  return { text, cells, tally: tally(cells.text), claims, rows: rowStarts(cells) };
}

/** Letters and digits as a key has them, with at most three slips such as O for 0. */
export function isKeyLike(scan: Scan, from: number, to: number): boolean {
  const foreign = scan.tally.foreign(from, to);
  const letters = scan.tally.letters(from, to);
  const mixed = letters >= 8 && (letters < to - from || foreign === 0);
  return mixed && foreign <= mostForeign && scan.tally.beyondHex(from, to) >= 4;
}

/** True unless the part is what a manual prints in a key's place. */
export function isPlausible(scan: Scan, from: number, to: number): boolean {
  return scan.tally.letters(from, to) > 0 && !isPlaceholder(scan.cells.text.slice(from, to));
}

/** True when one separator stands before all these cells, and holds a certain character. */
export function hasSameSeparators(scan: Scan, starts: readonly number[], holding: string): boolean {
  const [first, ...others] = starts.map((cell) => separatorBefore(scan.text, scan.cells, cell));
  return (first?.includes(holding) ?? false) && others.every((other) => other === first);
}

/** True when nothing but short separators stands inside. */
export function inOneRow(scan: Scan, from: number, to: number): boolean {
  return (scan.rows[to - 1] ?? 0) <= from;
}

/** The text just before a cell. */
export function contextOf(scan: Scan, cell: number): string {
  const at = scan.cells.at[cell] ?? 0;
  return scan.text.slice(Math.max(0, at - contextLength), at);
}

/** Claims a part, of which the last group stays readable. */
export function take(scan: Scan, kind: SecretKind, from: number, to: number): boolean {
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
