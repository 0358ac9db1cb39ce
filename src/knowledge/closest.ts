/** ` (did you mean …?)` with the name one slip or two away from a wrong one, or nothing. */
export function closest(wrong: string, names: Iterable<string>): string {
  const [best] = [...names]
    .map((name) => ({ name, distance: editDistance(wrong, name) }))
    .filter(({ distance }) => distance <= Math.max(1, Math.floor(wrong.length / 4)))
    .toSorted((a, b) => a.distance - b.distance);
  return best === undefined ? '' : ` (did you mean ${best.name}?)`;
}

/** Levenshtein's distance, row by row. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substituted = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
