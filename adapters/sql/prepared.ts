import type { Compilable, CompiledQuery } from 'kysely';

/** Where a value goes in a statement that was built without it. */
class Slot {
  readonly row: number;
  readonly name: string;

  constructor(row: number, name: string) {
    this.row = row;
    this.name = name;
  }
}

/**
 * A statement that every turn runs: built when it is first run, and from then on only given its values, since building one takes
 * longer than running it. `build` hands the values on as they are and looks at none of them.
 */
export function prepared<Values extends object, R>(
  build: (values: Values) => Compilable<R>,
): (values: Values) => Compilable<R> {
  let built: CompiledQuery<R> | undefined;
  return (values) => {
    built ??= build(slots(0)).compile();
    return filled(built, [values]);
  };
}

/** The same over several rows at once: one statement for each number of rows. */
export function preparedRows<Values extends object, R>(
  build: (rows: readonly Values[]) => Compilable<R>,
): (rows: readonly Values[]) => Compilable<R> {
  const ofLength = new Map<number, CompiledQuery<R>>();
  return (rows) => {
    const built = ofLength.get(rows.length) ?? build(rows.map((_, row) => slots(row))).compile();
    ofLength.set(rows.length, built);
    return filled(built, rows);
  };
}

/** Whatever value is asked of it, it gives the slot of that name. */
function slots<Values extends object>(row: number): Values {
  return new Proxy({} as Values, { get: (_, name) => new Slot(row, String(name)) });
}

function filled<R>(built: CompiledQuery<R>, rows: readonly object[]): Compilable<R> {
  const parameters = built.parameters.map((each) =>
    each instanceof Slot ? Reflect.get(rows[each.row] ?? {}, each.name) : each,
  );
  return { compile: () => ({ ...built, parameters }) };
}
