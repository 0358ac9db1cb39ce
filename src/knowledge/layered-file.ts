import type { z } from 'zod';
import type { Problem } from '../errors.ts';
import { duplicatesIn } from './duplicates.ts';
import { mergeValues, originOf } from './overlay.ts';
import { type Checked, checkValues, type YamlFile } from './yaml-file.ts';

/** The files that carry one name: what ships, what a team lays over it, or both. At least one is there. */
export interface Layers {
  readonly base: YamlFile | undefined;
  readonly overlay: YamlFile | undefined;
}

/** A file of the knowledge as it is used, which knows for each of its values in which file a person corrects it. */
export class LayeredFile {
  readonly #layers: Layers;
  readonly #depth: number;

  /** Keys are merged to `depth`: see `mergeValues`. */
  constructor(layers: Layers, depth: number) {
    this.#layers = layers;
    this.#depth = depth;
  }

  /** Every fault of the file against its schema, or its value. */
  read<Schema extends z.ZodType>(schema: Schema): Checked<Schema> {
    const base = this.#layers.base?.values();
    const overlay = this.#layers.overlay?.values();
    const broken = [base, overlay].flatMap((each) => (each !== undefined && 'problems' in each ? each.problems : []));
    if (broken.length > 0) return { problems: broken };
    const twice = [...namesakesIn(this.#layers.base), ...namesakesIn(this.#layers.overlay)];
    if (twice.length > 0) return { problems: twice };
    return checkValues(schema, mergeValues(valuesOf(base), valuesOf(overlay), this.#depth), (path, message) =>
      this.problem(path, message),
    );
  }

  /** A problem at a value, named by the keys that lead to it, in the file where the value stands. */
  problem(path: readonly PropertyKey[], message: string): Problem {
    const { base, overlay } = this.#layers;
    const origin = originOf(valuesOf(base?.values()), valuesOf(overlay?.values()), this.#depth, path);
    const file = origin.layer === 'overlay' ? (overlay ?? base) : (base ?? overlay);
    if (file === undefined) throw new Error('a layered file has at least one layer');
    return file.problem(origin.path, message);
  }
}

/** Two entries of one name in the same file: one would take the other's place unseen. */
function namesakesIn(file: YamlFile | undefined): readonly Problem[] {
  return file === undefined
    ? []
    : duplicatesIn(valuesOf(file.values())).map(({ path, name }) =>
        file.problem(path, `an entry above is called ${name} too: rename or remove one`),
      );
}

function valuesOf(read: ReturnType<YamlFile['values']> | undefined): unknown {
  return read !== undefined && 'values' in read ? read.values : undefined;
}
