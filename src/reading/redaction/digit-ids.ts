import { type Cells, gap } from './cells.ts';
import type { Claims, SecretKind } from './finding.ts';

const installationIdLengths: readonly number[] = [63, 54];
const confirmationIdLength = 48;
const shortestLabelled = 40;
const longestLabelled = 80;
const shortestDeposited = 20;
const contextLength = 40;
const groupSizes: readonly number[] = [3, 4, 5, 6, 7, 8, 9];

const installationContext =
  /INSTALLATIONS?[ -]?ID|INSTALLATION$|インスト-ル ?ID|安装 ?ID|ID\.? DE INSTALACI|ID D'INSTALLATION|설치 ?ID|\bIID\b/;
const confirmationContext = /CONFIRMATION[ -]?ID|確認 ?ID|确认 ?ID|[/-]ATP\b|\bCID\b/;

interface Run {
  /** The chunks of digits: first cell and one past the last. */
  readonly groups: readonly (readonly [number, number])[];
  readonly digits: number;
}

/** Takes installation IDs (63 or 54 digits) and confirmation IDs (48) in every grouping, labelled A to I or not. */
export function findDigitIds(text: string, cells: Cells, claims: Claims): void {
  for (const run of digitRuns(cells)) {
    const first = cells.at[run.groups[0]?.[0] ?? 0] ?? 0;
    const context = text.slice(Math.max(0, first - contextLength), first);
    for (const part of [run, ...run.groups.map((group) => runOf([group]))]) {
      const kind = kindOf(part, cells, context);
      if (kind !== null && take(kind, part, cells, claims) && part === run) break;
    }
  }
}

function kindOf(run: Run, cells: Cells, context: string): SecretKind | null {
  if (run.digits < shortestDeposited) return null;
  if (installationIdLengths.includes(run.digits) && isGrouped(run, cells)) return 'installationId';
  if (run.digits === confirmationIdLength && isGrouped(run, cells)) return 'confirmationId';
  const deposited = /[/-]ATP\b/.test(context);
  if (run.digits > longestLabelled || (run.digits < shortestLabelled && !deposited)) return null;
  if (confirmationContext.test(context)) return 'confirmationId';
  return installationContext.test(context) ? 'installationId' : null;
}

/** True when the digits stand alone, in equal groups or one by one; a line break may fall anywhere. */
function isGrouped(run: Run, cells: Cells): boolean {
  const offsets: number[] = [];
  let offset = 0;
  for (const [from, to] of run.groups) {
    if (offset > 0 && cells.gaps[from] !== gap.wrap) offsets.push(offset);
    offset += to - from;
  }
  if (offsets.length === 0 || run.groups.length === run.digits) return true;
  return groupSizes.some((size) => offsets.every((each) => each % size === 0));
}

function digitRuns(cells: Cells): Run[] {
  const runs: Run[] = [];
  let groups: (readonly [number, number])[] = [];
  const close = () => {
    if (groups.length > 0) runs.push(runOf(groups));
    groups = [];
  };
  for (let index = 0; index + 1 < cells.chunks.length; index += 1) {
    const from = cells.chunks[index] ?? 0;
    const to = cells.chunks[index + 1] ?? 0;
    if (cells.gaps[from] === gap.end) close();
    const labelled = isGroupLabel(cells.text, from);
    if (labelled && to - from === 1) continue;
    const start = labelled ? from + 1 : from;
    if (!isDigits(cells.text, start, to)) close();
    else if (to > start) groups.push([start, to]);
  }
  close();
  return runs;
}

function runOf(groups: readonly (readonly [number, number])[]): Run {
  return { groups, digits: groups.reduce((sum, [from, to]) => sum + to - from, 0) };
}

function isGroupLabel(text: string, cell: number): boolean {
  const unit = text.charCodeAt(cell);
  return unit >= 0x41 && unit <= 0x49;
}

function isDigits(text: string, from: number, to: number): boolean {
  for (let cell = from; cell < to; cell += 1) if (text.charCodeAt(cell) > 0x39) return false;
  return true;
}

function take(kind: SecretKind, run: Run, cells: Cells, claims: Claims): boolean {
  const from = cells.at[run.groups[0]?.[0] ?? 0] ?? 0;
  const to = (cells.at[(run.groups.at(-1)?.[1] ?? 1) - 1] ?? 0) + 1;
  if (kind === 'confirmationId') return claims.take({ kind, from, to });
  const ending = run.groups
    .map(([start, end]) => cells.text.slice(start, end))
    .join('')
    .slice(-6);
  return claims.take({ kind, from, to, ending });
}
