import { type LabelId, labelWords } from './label-words.ts';
import type { OutputLanguage } from './output.ts';
import type { Tidied } from './tidy.ts';

/** A label found in a text: what it names and where its value stands in the squeezed text. */
export interface Label {
  readonly id: LabelId;
  readonly start: number;
  /** Where the value starts. */
  readonly from: number;
  /** Where the next label starts. */
  readonly to: number;
  readonly language: OutputLanguage | null;
  /** Written as a WMI property, without blanks. */
  readonly property: boolean;
}

interface Spelling {
  readonly id: LabelId;
  readonly written: string;
  readonly language: OutputLanguage | 'property';
}

const spellings: readonly Spelling[] = labelWords.flatMap(([id, words]) =>
  (Object.entries(words) as [Spelling['language'], readonly string[]][]).flatMap(([language, each]) =>
    each.map((label) => ({ id, written: squeeze(label), language })),
  ),
);
const byWritten = Map.groupBy(spellings, (spelling) => spelling.written);

/** Finds the labels of a tidied text. A label inside a longer one does not count. */
export function findLabels(tidied: Tidied): readonly Label[] {
  const lower = tidied.squeezed.toLowerCase();
  const found = [...byWritten.keys()].flatMap((written) => occurrences(lower, written));
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  const outer: (Occurrence & { from: number })[] = [];
  for (const each of found) {
    const previous = outer.at(-1);
    const from = valueStart(lower, each.end);
    if (from !== null && !(previous !== undefined && each.end <= previous.end)) outer.push({ ...each, from });
  }
  return outer.map((each, index) => {
    const spelled = tidied.text.slice(tidied.at[each.start] ?? 0, tidied.at[each.end] ?? 0);
    const property = !/[ \t]/.test(spelled.trim());
    const candidates = byWritten.get(each.written) ?? [];
    const chosen = candidates.find((one) => (one.language === 'property') === property) ?? candidates[0];
    const language = chosen?.language ?? 'property';
    return {
      id: chosen?.id ?? 'other',
      start: each.start,
      from: each.from,
      to: outer[index + 1]?.start ?? lower.length,
      language: language === 'property' ? null : language,
      property: language === 'property',
    };
  });
}

/** The value of a label as it was written, on one line. */
export function printedValue(tidied: Tidied, label: Label): string {
  return tidied.text.slice(tidied.at[label.from] ?? 0, tidied.at[label.to] ?? tidied.text.length).trim();
}

interface Occurrence {
  readonly written: string;
  readonly start: number;
  readonly end: number;
}

function occurrences(lower: string, written: string): Occurrence[] {
  const found: Occurrence[] = [];
  for (let start = lower.indexOf(written); start !== -1; start = lower.indexOf(written, start + written.length)) {
    found.push({ written, start, end: start + written.length });
  }
  return found;
}

function valueStart(lower: string, end: number): number | null {
  const after = lower[end] === '"' ? end + 1 : end;
  return lower[after] === ':' || lower[after] === '=' ? after + 1 : null;
}

function squeeze(label: string): string {
  return label.normalize('NFKC').replace(/\s/g, '').toLowerCase();
}
