import type { Locale } from '../text/locale.ts';
import type { Sentence } from '../text/sentence.ts';
import type { Knowledge, KnownCode } from './knowledge.ts';

/** What is said about a code: its own sentences, and its family's where it has none. */
export interface Advice {
  readonly title: string;
  readonly meaning: readonly Sentence[];
  readonly causes: readonly Sentence[];
  readonly check: Sentence;
  readonly fixes: readonly Sentence[];
  readonly escalate: Sentence | undefined;
}

export function adviceOn(knowledge: Knowledge, locale: Locale, code: KnownCode): Advice {
  const texts = knowledge.texts[locale].errors.get(code.family);
  const own = texts?.codes[code.code];
  if (texts === undefined || own === undefined)
    throw new Error(`${code.code} has no sentences, which passed the check of the knowledge`);
  const { family } = texts;
  return {
    title: own.title,
    meaning: code.detail === 'full' ? [own.meaning] : [own.meaning, family.says],
    causes: own.causes ?? family.causes,
    check: own.check ?? family.check,
    fixes: own.fixes ?? family.fixes,
    escalate: own.escalate,
  };
}
