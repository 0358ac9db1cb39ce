import type { Problem } from '../../errors.ts';
import { type Locale, locales } from '../../text/locale.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Ban } from '../schema/banned.ts';
import type { ProblemAt } from './report.ts';
import type { FoundText } from './sentences.ts';

/**
 * All advice of `banned.yaml` that an entry (a code, an outcome, a situation, a rule) gives without one of its exceptions,
 * in one sentence or across several. The text of an entry is its name and its sentences, a line each.
 */
export function checkBanned({ banned }: Knowledge, sentences: readonly FoundText[], at: ProblemAt): readonly Problem[] {
  return locales.flatMap((locale) => {
    const bans = new BannedAdvice(banned, locale);
    const entries = Map.groupBy(
      sentences.filter((sentence) => sentence.locale === locale),
      ({ file, path }) => [file, ...entryPath(path)].map(String).join('/'),
    );
    return [...entries.values()].flatMap((entry) =>
      bans
        .in(entry)
        .map(({ ban: { id, why }, sentence: { file, path } }) =>
          at(file, path, `this is advice we never give: ${why} (${id} in banned.yaml)`),
        ),
    );
  });
}

/** Keys under which the entries of a file stand. */
const parts: readonly PropertyKey[] = ['outcomes', 'codes', 'rules'];

function entryPath(path: readonly PropertyKey[]): readonly PropertyKey[] {
  return path.slice(0, parts.includes(path[0] ?? '') ? 2 : 1);
}

interface Given {
  readonly ban: Ban;
  /** Where the advice ends. */
  readonly sentence: FoundText;
}

class BannedAdvice {
  /** Nearly every entry is free of all of it, which one look tells. */
  readonly #any: RegExp;
  readonly #bans: readonly {
    readonly ban: Ban;
    readonly patterns: readonly RegExp[];
    readonly unless: RegExp | undefined;
  }[];

  constructor(banned: readonly Ban[], locale: Locale) {
    this.#any = oneOf(banned.flatMap((ban) => ban.patterns[locale]));
    this.#bans = banned.map((ban) => ({
      ban,
      patterns: ban.patterns[locale].map((pattern) => new RegExp(acrossLines(pattern), 'gi')),
      unless: ban.unless === undefined ? undefined : oneOf(ban.unless[locale]),
    }));
  }

  in(entry: readonly FoundText[]): readonly Given[] {
    const [first] = entry;
    const lines = [
      String(entryPath(first?.path ?? []).at(-1)),
      ...entry.map(({ whole }) => whole.replaceAll('\n', ' ')),
    ];
    const text = lines.join('\n');
    if (!this.#any.test(text)) return [];
    return this.#bans.flatMap(({ ban, patterns, unless }) => {
      const ends = patterns.flatMap((pattern) =>
        [...text.matchAll(pattern)].flatMap((match) => endOf(text, match, unless)),
      );
      return [...new Set(ends)].flatMap((line) => {
        const sentence = entry[line - 1];
        return sentence === undefined ? [] : [{ ban, sentence }];
      });
    });
  }
}

/** The line a match ends in; nothing where the line it begins or ends in holds an exception. */
function endOf(text: string, { index, 0: found }: RegExpExecArray, unless: RegExp | undefined): readonly number[] {
  const end = index + found.length;
  const lines = text.split('\n');
  const [first, last] = [index, end].map((at) => text.slice(0, at).split('\n').length - 1);
  const isExcepted = [first, last].some((line) => line !== undefined && unless?.test(lines[line] ?? '') === true);
  return isExcepted || last === undefined ? [] : [last];
}

function oneOf(patterns: readonly string[]): RegExp {
  return new RegExp(patterns.map((pattern) => `(?:${acrossLines(pattern)})`).join('|'), 'i');
}

/** Between two words there may be a new line, as where a sentence is spread over two steps; between the digits of a number (`[ -]`) not. */
function acrossLines(pattern: string): string {
  return pattern.replaceAll(/ (?![^[]*\])/g, '\\s');
}
