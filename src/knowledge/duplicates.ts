type Path = readonly PropertyKey[];

/** An entry with the name of an earlier one in its list. */
export interface Duplicate {
  readonly path: Path;
  readonly name: string;
}

/** Every entry, in any list of a file, that has the `id` or `code` of an earlier one: only one of the two would count. */
export function duplicatesIn(values: unknown, path: Path = []): readonly Duplicate[] {
  if (typeof values !== 'object' || values === null) return [];
  const inside = Object.entries(values).flatMap(([key, value]) =>
    duplicatesIn(value, [...path, Array.isArray(values) ? Number(key) : key]),
  );
  return Array.isArray(values) ? [...namesakes(values, path), ...inside] : inside;
}

function namesakes(list: readonly unknown[], path: Path): readonly Duplicate[] {
  const seen = new Set<string>();
  return list.flatMap((entry, index): Duplicate[] => {
    const name = nameOf(entry);
    if (name === undefined) return [];
    if (seen.has(name.value)) return [{ path: [...path, index, name.key], name: name.value }];
    seen.add(name.value);
    return [];
  });
}

function nameOf(entry: unknown): { readonly key: string; readonly value: string } | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const [key, value] = Object.entries(entry).find(([each]) => each === 'id' || each === 'code') ?? [];
  return key !== undefined && typeof value === 'string' ? { key, value } : undefined;
}
