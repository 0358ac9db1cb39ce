import { isMap, isPair, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import type { z } from 'zod';
import type { Problem } from '../errors.ts';

type Path = readonly PropertyKey[];

/** One file of the knowledge: its values, and where each of them stands. */
export class YamlFile {
  readonly name: string;
  readonly #lines = new LineCounter();
  readonly #document: ReturnType<typeof parseDocument>;

  constructor(name: string, text: string) {
    this.name = name;
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
  }

  /** Every fault of the file against its schema, or its value. */
  read<Schema extends z.ZodType>(schema: Schema): { readonly value?: z.output<Schema>; readonly problems: readonly Problem[] } {
    const { errors } = this.#document;
    if (errors.length > 0) {
      return { problems: errors.map((error) => this.#problemAt(error.pos[0], `this is not YAML: ${error.message}`)) };
    }
    const result = schema.safeParse(this.#document.toJS());
    if (result.success) return { value: result.data, problems: [] };
    return { problems: result.error.issues.map((issue) => this.problem([...issue.path, ...extraKey(issue)], describeIssue(issue))) };
  }

  /** A problem at a value, named by the keys that lead to it; the deepest one that exists gives the place. */
  problem(path: Path, message: string): Problem {
    let node: unknown = this.#document.contents;
    let offset = rangeStart(node) ?? 0;
    for (const key of path) {
      const pair = isMap(node) ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(key)) : undefined;
      const next: unknown = isPair(pair) ? pair.value : (node as { get?: (key: unknown, keep: boolean) => unknown } | null)?.get?.(key, true);
      const at = rangeStart(isPair(pair) ? pair.key : next);
      if (at === undefined) break;
      offset = at;
      node = next;
    }
    return this.#problemAt(offset, `${path.map(String).join('.')}: ${message}`);
  }

  #problemAt(offset: number, message: string): Problem {
    const { line, col } = this.#lines.linePos(offset);
    return { file: this.name, line, column: col, message };
  }
}

function rangeStart(node: unknown): number | undefined {
  return (node as Node | null | undefined)?.range?.[0];
}

function extraKey(issue: z.core.$ZodIssue): Path {
  return issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
}

function describeIssue(issue: z.core.$ZodIssue): string {
  return issue.code === 'unrecognized_keys' ? `nothing is called ${issue.keys.join(', ')} here: correct the name or remove it` : issue.message;
}
