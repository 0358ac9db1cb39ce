import type { OutputFields, ProductReading } from './output.ts';
import { onlyFound } from './output.ts';
import type { Tidied } from './tidy.ts';
import { readChannel, readCode, readDate, readEdition, readNumber, readStatus } from './values.ts';

const properties =
  /(?:^|\s)(?:LicenseStatus|PartialProductKey|ProductKeyChannel|GracePeriodRemaining|LicenseStatusReason|RemainingWindowsReArmCount)(?=\s|$)/;

/** Reads what `Format-Table` prints: a line of property names, a line of dashes, a row a product. */
export function readTable(tidied: Tidied): readonly ProductReading[] {
  const lines = tidied.text.split('\n');
  const rule = lines.findIndex(
    (line, index) => /^\s*-{2,}(?:\s+-{2,})*\s*$/.test(line) && properties.test(lines[index - 1] ?? ''),
  );
  if (rule < 1) return [];
  const columns = [...(lines[rule] ?? '').matchAll(/-+/g)].map((dashes) => dashes.index);
  const cellsOf = (line: string) => columns.map((from, index) => line.slice(from, columns[index + 1]).trim());
  const names = cellsOf(lines[rule - 1] ?? '');
  const rows = lines.slice(rule + 1).filter((line) => line.trim() !== '');
  return rows.map((line) => {
    const cells = cellsOf(line);
    return readRow(new Map(names.map((name, index) => [name.toLowerCase(), cells[index] ?? ''])));
  });
}

function readRow(row: ReadonlyMap<string, string>): OutputFields {
  const cell = (name: string) => row.get(name.toLowerCase()) ?? '';
  const squeezed = [...row.values()].join(' ').replace(/\s/g, '');
  return onlyFound({
    ...readEdition(squeezed),
    description: cell('Description') || undefined,
    channel: readChannel(squeezed),
    productKeyChannel: cell('ProductKeyChannel') || undefined,
    partialKey: /^[A-Z0-9]{5}$/.exec(cell('PartialProductKey'))?.[0],
    applicationId: cell('ApplicationID').toLowerCase() || undefined,
    licenceStatus: readStatus(cell('LicenseStatus')),
    reason: readCode(cell('LicenseStatusReason') || cell('Reason')),
    graceMinutes: readNumber(cell('GracePeriodRemaining')),
    evaluationEnd: readDate(cell('EvaluationEndDate')),
  });
}
