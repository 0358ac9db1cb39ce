import type { Problem } from '../../errors.ts';
import type { Locale } from '../../text/locale.ts';
import type { Knowledge } from '../knowledge.ts';
import type { Ban } from '../schema/banned.ts';
import type { ProblemAt } from './report.ts';
import type { FoundText } from './sentences.ts';

/** Every sentence that gives advice of `banned.yaml` without one of its exceptions. */
export function checkBanned({ banned }: Knowledge, sentences: readonly FoundText[], at: ProblemAt): readonly Problem[] {
  const bans = { en: new BannedAdvice(banned, 'en'), ja: new BannedAdvice(banned, 'ja') };
  return sentences.flatMap(({ locale, file, path, whole }) =>
    bans[locale]
      .in(whole)
      .map(({ id, why }) => at(file, path, `this is advice we never give: ${why} (${id} in banned.yaml)`)),
  );
}

class BannedAdvice {
  /** Nearly every sentence is free of all of it, which one look tells. */
  readonly #any: RegExp;
  readonly #bans: readonly { readonly ban: Ban; readonly pattern: RegExp; readonly unless: RegExp | undefined }[];

  constructor(banned: readonly Ban[], locale: Locale) {
    this.#any = oneOf(banned.flatMap((ban) => ban.patterns[locale]));
    this.#bans = banned.map((ban) => ({
      ban,
      pattern: oneOf(ban.patterns[locale]),
      unless: ban.unless === undefined ? undefined : oneOf(ban.unless[locale]),
    }));
  }

  in(text: string): readonly Ban[] {
    if (!this.#any.test(text)) return [];
    return this.#bans
      .filter(({ pattern, unless }) => pattern.test(text) && unless?.test(text) !== true)
      .map(({ ban }) => ban);
  }
}

function oneOf(patterns: readonly string[]): RegExp {
  return new RegExp(patterns.map((pattern) => `(?:${pattern})`).join('|'), 'i');
}
