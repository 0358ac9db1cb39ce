import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Folders of `src` in their order: each imports itself and those before it. */
const order = [
  'errors',
  'text',
  'knowledge',
  'licensing',
  'reading',
  'conversation',
  'handoff',
  'message',
  'ports',
  'service',
];

/** The pure libraries that `src` may use. */
const pureLibraries = ['zod', 'yaml', 'js-yaml', 'minisearch'];

interface SourceFile {
  /** From the root of the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const source = filesUnder('src');
const adapters = filesUnder('adapters');
const product = [...source, ...adapters];
const everything = [...product, ...filesUnder('test')];

function filesUnder(folder: string): readonly SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const path = `${folder}/${name.replaceAll('\\', '/')}`;
      const text = readFileSync(join(root, path), 'utf8');
      return { path, text, imports: importsOf(text) };
    });
}

function importsOf(text: string): readonly string[] {
  const statements =
    /^\s*(?:import|export)\b[^'";]*?\bfrom\s*'([^']+)'|^\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/gm;
  return [...text.matchAll(statements)].map(([, from, bare, dynamic]) => from ?? bare ?? dynamic ?? '');
}

/** The file a relative import means, from the root of the project. */
function target(file: SourceFile, specifier: string): string {
  return relative(root, resolve(root, dirname(file.path), specifier)).replaceAll('\\', '/');
}

function relativeImports(file: SourceFile): readonly string[] {
  return file.imports.filter((specifier) => specifier.startsWith('.')).map((specifier) => target(file, specifier));
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** `errors` for `src/errors.ts`, `text` for `src/text/span.ts`. */
function coreFolder(path: string): string {
  return (path.split('/')[1] ?? '').replace(/\.ts$/, '');
}

/** The adapter a file belongs to; undefined for the files at the top, which all may share. */
function adapterOf(path: string): string | undefined {
  const parts = path.split('/');
  return parts.length > 2 ? parts[1] : undefined;
}

function offenders(files: readonly SourceFile[], isWrong: (file: SourceFile) => readonly string[]): readonly string[] {
  return files.flatMap((file) => isWrong(file).map((what) => `${file.path}: ${what}`));
}

describe('the core', () => {
  test('has only the folders whose order is known', () => {
    expect(source.map(({ path }) => coreFolder(path)).filter((folder) => !order.includes(folder))).toEqual([]);
  });

  test('imports in one direction', () => {
    const backwards = (file: SourceFile) =>
      relativeImports(file).filter(
        (path) => !path.startsWith('src/') || order.indexOf(coreFolder(path)) > order.indexOf(coreFolder(file.path)),
      );
    expect(offenders(source, backwards)).toEqual([]);
  });

  test('uses pure libraries only: no Node module, no SDK, no database', () => {
    const impure = (file: SourceFile) =>
      file.imports.filter((specifier) => !specifier.startsWith('.') && !pureLibraries.includes(packageOf(specifier)));
    expect(offenders(source, impure)).toEqual([]);
  });

  test('asks for no time, chance or environment', () => {
    const ambient =
      /\b(?:Date\.now|new Date\(\)|Math\.random|process\.(?:env|hrtime|argv|cwd|exit)|performance\.now|setTimeout|setInterval|fetch\(|crypto\.)/g;
    expect(offenders(source, ({ text }) => [...text.matchAll(ambient)].map(([found]) => found))).toEqual([]);
  });
});

describe('the adapters', () => {
  test('do not import each other; only the process and the command line put them together', () => {
    const assembles = ({ path }: SourceFile) => path.startsWith('adapters/cli/') || adapterOf(path) === undefined;
    const foreign = (file: SourceFile) =>
      relativeImports(file).filter(
        (path) => path.startsWith('adapters/') && ![undefined, adapterOf(file.path)].includes(adapterOf(path)),
      );
    expect(
      offenders(
        adapters.filter((file) => !assembles(file)),
        foreign,
      ),
    ).toEqual([]);
  });
});

describe('every file', () => {
  test('is named in kebab-case', () => {
    const pattern = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)*[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:test|bench))?\.ts$/;
    expect(everything.map(({ path }) => path).filter((path) => !pattern.test(path))).toEqual([]);
  });

  test('imports its neighbours by their full file name', () => {
    const unnamed = (file: SourceFile) =>
      file.imports.filter(
        (specifier) => specifier.startsWith('.') && !/\.(?:ts|json)$|\/compile-cache\.js$/.test(specifier),
      );
    expect(offenders(everything, unnamed)).toEqual([]);
  });

  test('exports names, no default and nothing of another file', () => {
    const badExport = /^export (?:default\b|\*|\{[^}]*\} from|type \{[^}]*\} from)/gm;
    expect(offenders(everything, ({ text }) => [...text.matchAll(badExport)].map(([found]) => found))).toEqual([]);
    expect(everything.map(({ path }) => path).filter((path) => path.endsWith('/index.ts'))).toEqual([]);
  });

  test('of the product stands on its own: nothing outside the project is read', () => {
    const outside = (file: SourceFile) => [
      ...relativeImports(file).filter((path) => path.startsWith('..')),
      ...(file.text.includes('../shared') ? ['../shared'] : []),
    ];
    expect(offenders(product, outside)).toEqual([]);
  });
});
