import type { Knowledge } from '../knowledge.ts';

/** An entry that nobody has compared with its source for long. */
export interface Stale {
  readonly file: string;
  /** The entry by its name, or the keys that lead to it. */
  readonly entry: string;
  /** The day or month of the last comparison. */
  readonly since: string;
}

/** Every entry whose `checked` or `read` lies more than twelve months before a day (`2026-11-25`); a month is taken whole. */
export function staleEntries({ editions, cals, rules, sources }: Knowledge, today: string): readonly Stale[] {
  const oldest = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`;
  const isStale = (since: string) => since < oldest.slice(0, since.length);
  const files = { 'editions.yaml': editions, 'cals.yaml': cals, 'rules.yaml': [...rules.values()] };
  const checked = Object.entries(files).flatMap(([file, content]) => checkedIn(file, content, []));
  const read = [...sources.values()].map(({ id, read: since }) => ({ file: 'sources.yaml', entry: id, since }));
  return [...checked, ...read].filter(({ since }) => isStale(since));
}

function checkedIn(file: string, content: unknown, path: readonly string[]): readonly Stale[] {
  if (typeof content !== 'object' || content === null) return [];
  const { checked, id } = content as { readonly checked?: unknown; readonly id?: unknown };
  const entry = typeof id === 'string' ? id : path.join('.');
  const own = typeof checked === 'string' ? [{ file, entry, since: checked }] : [];
  return [...own, ...Object.entries(content).flatMap(([key, value]) => checkedIn(file, value, [...path, key]))];
}
