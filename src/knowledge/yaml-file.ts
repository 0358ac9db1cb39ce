import { CORE_SCHEMA, loadAll } from 'js-yaml';
import { isMap, isPair, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Problem } from '../errors.ts';
import { faultWords } from './fault-words.ts';

type Path = readonly PropertyKey[];

/**
 * One file of the knowledge: its values, and where each of them stands.
 * js-yaml gives the values, five times as fast at start; `yaml` knows lines and columns and is asked only when one is wrong.
 */
export class YamlFile {
  readonly name: string;
  readonly #text: string;
  #parsed: Parsed | undefined;
  #places: Places | undefined;

  constructor(name: string, text: string) {
    this.name = name;
    this.#text = text;
  }

  /** Every fault of the file against its schema, or its value. */
  read<Schema extends z.ZodType>(schema: Schema): Checked<Schema> {
    const read = this.values();
    return 'problems' in read ? read : checkValues(schema, read.values, (path, message) => this.problem(path, message));
  }

  /** The values of the file, or why it is not YAML. */
  values(): { readonly values: unknown } | { readonly problems: readonly Problem[] } {
    this.#parsed ??= parseValues(this.#text);
    return this.#parsed.kind === 'broken'
      ? { problems: this.#syntaxProblems(this.#parsed.reason) }
      : { values: this.#parsed.values };
  }

  /** A problem at a value, named by the keys that lead to it; the deepest one that exists gives the place. */
  problem(path: Path, message: string): Problem {
    this.#places ??= new Places(this.#text);
    const text = path.length === 0 ? message : `${path.map(String).join('.')}: ${message}`;
    return { file: this.name, ...this.#places.of(path), message: text };
  }

  #syntaxProblems(reason: string): readonly Problem[] {
    this.#places ??= new Places(this.#text);
    const faults = this.#places.faults();
    if (faults.length === 0) return [this.problem([], `this is not YAML: ${reason}`)];
    return faults.map(({ message, ...place }) => ({
      file: this.name,
      ...place,
      message: `this is not YAML: ${message}`,
    }));
  }
}

/** A value that keeps to its schema, or everything that is wrong with it. */
export interface Checked<Schema extends z.ZodType> {
  readonly value?: z.output<Schema>;
  readonly problems: readonly Problem[];
}

/** Holds values against a schema. */
export function checkValues<Schema extends z.ZodType>(
  schema: Schema,
  values: unknown,
  problem: (path: Path, message: string) => Problem,
): Checked<Schema> {
  const result = schema.safeParse(values, { error: faultWords });
  if (result.success) return { value: result.data, problems: [] };
  return {
    problems: result.error.issues.map((issue) => problem([...issue.path, ...extraKey(issue)], issue.message)),
  };
}

type Parsed =
  | { readonly kind: 'values'; readonly values: unknown }
  | { readonly kind: 'broken'; readonly reason: string };

function parseValues(text: string): Parsed {
  try {
    const [values, ...others] = loadAll(text, { schema: CORE_SCHEMA });
    return others.length === 0 ? { kind: 'values', values } : { kind: 'broken', reason: 'a file holds one document' };
  } catch (error) {
    return { kind: 'broken', reason: error instanceof Error ? error.message : String(error) };
  }
}

interface Place {
  readonly line: number;
  readonly column: number;
}

/** Where the values of a text stand. */
class Places {
  readonly #lines = new LineCounter();
  readonly #document: ReturnType<typeof parseDocument>;

  constructor(text: string) {
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
  }

  faults(): readonly (Place & { readonly message: string })[] {
    return this.#document.errors.map(({ pos, message }) => ({ ...this.#at(pos[0]), message }));
  }

  of(path: Path): Place {
    let node: unknown = this.#document.contents;
    let offset = rangeStart(node) ?? 0;
    for (const key of path) {
      const pair = isMap(node)
        ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key))
        : undefined;
      const next: unknown = isPair(pair)
        ? pair.value
        : (node as { get?: (key: unknown, keep: boolean) => unknown } | null)?.get?.(key, true);
      const at = rangeStart(isPair(pair) ? pair.key : next);
      if (at === undefined) break;
      offset = at;
      node = next;
    }
    return this.#at(offset);
  }

  #at(offset: number): Place {
    const { line, col } = this.#lines.linePos(offset);
    return { line, column: col };
  }
}

function rangeStart(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

function extraKey(issue: z.core.$ZodIssue): Path {
  return issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
}
