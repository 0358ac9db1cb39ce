type Path = readonly PropertyKey[];
type Entry = Readonly<Record<string, unknown>>;

/** Where a value of a merged file stands: in which of the two layers, and under which keys there. */
export interface Origin {
  readonly layer: 'base' | 'overlay';
  readonly path: Path;
}

/**
 * Lays the values of an overlay file over those of the file that ships. Lists whose entries have an `id` or a `code` are merged
 * by it: an entry takes the place of its namesake, or comes after all others. Keys are merged `depth` levels deep; whatever lies
 * deeper, and every other list, is replaced whole. Nothing in an overlay (undefined or null) changes nothing.
 */
export function mergeValues(base: unknown, overlay: unknown, depth: number): unknown {
  if (isAbsent(overlay)) return base;
  const entries = entryList(base, overlay);
  if (entries !== undefined) return entries.map(({ entry }) => entry);
  if (depth === 0 || !isEntry(base) || !isEntry(overlay)) return overlay;
  const merged = Object.entries(overlay).map(([key, value]) => [key, mergeValues(base[key], value, depth - 1)]);
  return { ...base, ...Object.fromEntries(merged) };
}

/** Finds the layer a value of the merged file came from; what both have, such as the file itself, counts as the overlay's. */
export function originOf(base: unknown, overlay: unknown, depth: number, path: Path): Origin {
  return walk({ base, overlay, depth }, path, []);
}

function walk(
  { base, overlay, depth }: { readonly base: unknown; readonly overlay: unknown; readonly depth: number },
  path: Path,
  walked: Path,
): Origin {
  if (isAbsent(overlay)) return { layer: 'base', path: [...walked, ...path] };
  const [key, ...rest] = path;
  const entries = entryList(base, overlay);
  if (entries !== undefined && typeof key === 'number') {
    const found = entries[key];
    return found === undefined
      ? { layer: 'overlay', path: walked }
      : { layer: found.layer, path: [...walked, found.index, ...rest] };
  }
  if (key === undefined || depth === 0 || !isEntry(base) || !isEntry(overlay))
    return { layer: 'overlay', path: [...walked, ...path] };
  const name = String(key);
  if (name in overlay || !(name in base))
    return walk({ base: base[name], overlay: overlay[name], depth: depth - 1 }, rest, [...walked, key]);
  return { layer: 'base', path: [...walked, ...path] };
}

/** An entry of a merged list, and where it stands in its own. */
interface Placed {
  readonly layer: Origin['layer'];
  readonly index: number;
  readonly entry: Entry;
}

/** Both lists as one, where every entry of both has a name of its own. */
function entryList(base: unknown, overlay: unknown): readonly Placed[] | undefined {
  if (!Array.isArray(base) || !Array.isArray(overlay)) return undefined;
  const name = ['id', 'code'].find((each) => [...base, ...overlay].every((entry) => isEntry(entry) && each in entry));
  if (name === undefined) return undefined;
  const own = overlay.map((entry: Entry, index) => ({ layer: 'overlay' as const, index, entry }));
  const known = new Set(base.map((entry: Entry) => entry[name]));
  const replaced = base.map(
    (entry: Entry, index) =>
      own.findLast((each) => each.entry[name] === entry[name]) ?? { layer: 'base' as const, index, entry },
  );
  return [...replaced, ...own.filter(({ entry }) => !known.has(entry[name]))];
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isAbsent(value: unknown): boolean {
  return value === undefined || value === null;
}
