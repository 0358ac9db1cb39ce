/** The known codes that differ from a written one in a single digit, or that swap two neighbours: likely slips, at most five. */
export function nearCodes(known: Iterable<string>, code: string): readonly string[] {
  return [...known]
    .filter((candidate) => isOneSlipApart(candidate, code))
    .toSorted()
    .slice(0, 5);
}

function isOneSlipApart(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const differing = [...a].flatMap((character, index) => (character === b[index] ? [] : [index]));
  const [first = -1, second = -1] = differing;
  if (differing.length === 1) return true;
  return differing.length === 2 && second === first + 1 && a[first] === b[second] && a[second] === b[first];
}
