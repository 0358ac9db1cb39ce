import type { Claims } from './finding.ts';

/** What stands before a cell. */
export const gap = { none: 0, wrap: 1, separator: 2, end: 3 } as const;

/** The letters and digits of a folded text in a row, so that a key reads the same whatever separates its characters. */
export interface Cells {
  readonly text: string;
  /** Where each cell stands in the folded text. */
  readonly at: Uint32Array;
  /** One of `gap` before each cell, and `gap.end` after the last. */
  readonly gaps: Uint8Array;
  /** The cells that a chunk starts with: those with a gap before them, and one more for the end. */
  readonly chunks: readonly number[];
}

const longestGap = 8;
const longestWrap = 40;
const newline = 0x0a;

/** Cells of everything nobody has claimed. A word of another script, a claim or a long blank ends a row. */
export function readCells(text: string, claims: Claims): Cells {
  const at = new Uint32Array(text.length);
  const gaps = new Uint8Array(text.length + 1);
  const chunks: number[] = [];
  let length = 0;
  let blank = 0;
  let wrapped = false;
  let plain = true;
  let ended = true;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (claims.has(index)) {
      ended = true;
    } else if (isAlphanumeric(unit)) {
      const kind = ended || blank > (wrapped ? longestWrap : longestGap) ? gap.end : gapKind(blank, wrapped, plain);
      if (kind !== gap.none) chunks.push(length);
      gaps[length] = kind;
      at[length++] = index;
      blank = 0;
      wrapped = false;
      plain = true;
      ended = false;
    } else {
      blank += 1;
      wrapped ||= unit === newline;
      plain &&= isLayout(unit);
      ended ||= !isSeparator(unit);
    }
  }
  gaps[length] = gap.end;
  chunks.push(length);
  const cells = at.subarray(0, length);
  return { text: gather(text, cells), at: cells, gaps: gaps.subarray(0, length + 1), chunks };
}

/** The folded text between a cell and the one before it. */
export function separatorBefore(text: string, cells: Cells, cell: number): string {
  return cell === 0 ? '' : text.slice((cells.at[cell - 1] ?? 0) + 1, cells.at[cell] ?? 0);
}

function gapKind(blank: number, wrapped: boolean, plain: boolean): number {
  if (blank === 0) return gap.none;
  return wrapped && plain ? gap.wrap : gap.separator;
}

function isAlphanumeric(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x41 && unit <= 0x5a);
}

// What quoting and wrapping put between two lines: blanks, `>`, `|`, a backslash, back quotes.
function isLayout(unit: number): boolean {
  return unit <= 0x20 || unit === 0x3e || unit === 0x7c || unit === 0x5c || unit === 0x60;
}

function isSeparator(unit: number): boolean {
  if (unit < 0xc0) return true;
  if (unit >= 0x2000 && unit <= 0x2bff) return true;
  return (unit >= 0x3000 && unit <= 0x303f) || unit === 0x30fb || (unit >= 0xd800 && unit <= 0xdfff) || unit >= 0xfe00;
}

function gather(text: string, at: Uint32Array): string {
  const units = new Uint16Array(at.length);
  for (let cell = 0; cell < at.length; cell += 1) units[cell] = text.charCodeAt(at[cell] ?? 0);
  let gathered = '';
  for (let cell = 0; cell < units.length; cell += 8192) {
    gathered += String.fromCharCode(...units.subarray(cell, cell + 8192));
  }
  return gathered;
}
