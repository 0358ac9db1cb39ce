import type { z } from 'zod';
import type { Problem } from '../errors.ts';
import { closest } from './closest.ts';
import { LayeredFile } from './layered-file.ts';
import { YamlFile } from './yaml-file.ts';

/** The texts of the knowledge files by their path under `knowledge/`. */
export type KnowledgeFiles = ReadonlyMap<string, string>;

/** The files of a team that lie over those that ship; `folder` is how problems name their place. */
export interface Overlay {
  readonly folder: string;
  readonly files: KnowledgeFiles;
}

/** Texts are merged key by key; in the structure an entry is replaced whole, so that nothing of the old one stays in it. */
const depthOf = (name: string) => (name.startsWith('text/') ? Number.POSITIVE_INFINITY : 2);

/** Reads the files of the knowledge by their schemas and gathers every problem. */
export class Reader {
  readonly problems: Problem[] = [];
  readonly #texts: KnowledgeFiles;
  readonly #overlay: Overlay;
  readonly #files = new Map<string, LayeredFile>();

  constructor(texts: KnowledgeFiles, overlay: Overlay = { folder: '', files: new Map() }) {
    this.#texts = texts;
    this.#overlay = overlay;
  }

  file(name: string): LayeredFile | undefined {
    const known = this.#files.get(name);
    if (known !== undefined) return known;
    const [base, own] = [this.#texts.get(name), this.#overlay.files.get(name)];
    if (base === undefined && own === undefined) return undefined;
    const file = new LayeredFile(
      {
        base: base === undefined ? undefined : new YamlFile(name, base),
        overlay: own === undefined ? undefined : new YamlFile(`${this.#overlay.folder}/${name}`, own),
      },
      depthOf(name),
    );
    this.#files.set(name, file);
    return file;
  }

  /** Adds a problem at a value of a file, named by the keys that lead to it. */
  report(name: string, path: readonly PropertyKey[], message: string): void {
    const problem = this.file(name)?.problem(path, message);
    if (problem !== undefined) this.problems.push(problem);
  }

  /** An overlay's file of a name that nothing reads would be without effect, and nobody would know why. */
  reportUnread(): void {
    for (const name of this.#overlay.files.keys()) {
      if (this.#files.has(name)) continue;
      const message = `nothing reads a file of this name${closest(name, this.#texts.keys())}`;
      this.problems.push({ file: `${this.#overlay.folder}/${name}`, line: 1, column: 1, message });
    }
  }

  read<Schema extends z.ZodType>(name: string, schema: Schema): z.output<Schema> | undefined {
    const file = this.file(name);
    if (file === undefined) {
      this.problems.push({ file: name, line: 1, column: 1, message: 'this file is missing: restore it' });
      return undefined;
    }
    const { value, problems } = file.read(schema);
    this.problems.push(...problems);
    return value;
  }

  /** Every file of a folder, in the order of their names. */
  folder<Schema extends z.ZodType>(folder: string, schema: Schema): ReadonlyMap<string, z.output<Schema>> {
    const found = new Map<string, z.output<Schema>>();
    for (const name of new Set([...this.#texts.keys(), ...this.#overlay.files.keys()].toSorted())) {
      if (!name.startsWith(`${folder}/`) || !name.endsWith('.yaml')) continue;
      const value = this.read(name, schema);
      if (value !== undefined) found.set(name.slice(folder.length + 1, -'.yaml'.length), value);
    }
    return found;
  }
}
