import { z } from 'zod';
import { Id } from './ids.ts';

const Pattern = z
  .string('quote the pattern')
  .min(1)
  .refine(isPattern, 'this is no regular expression: mind brackets and backslashes');
const Patterns = z.array(Pattern).min(1);
const PerLanguage = z.strictObject({ en: Patterns, ja: Patterns });

function isPattern(source: string): boolean {
  try {
    new RegExp(source, 'i');
    return true;
  } catch {
    return false;
  }
}

/** One entry of `knowledge/banned.yaml`: advice no sentence may give. Patterns are regular expressions; case does not count. */
const Ban = z.strictObject({
  id: Id,
  why: z.string('say what the advice does to the reader').min(1),
  patterns: PerLanguage,
  /** A sentence with one of these warns of it, or says where it is right. */
  unless: PerLanguage.optional(),
});
export const Banned = z.strictObject({ banned: z.array(Ban).min(1) });
export type Ban = z.infer<typeof Ban>;
