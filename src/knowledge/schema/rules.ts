import { z } from 'zod';
import { Checked, Confidence, Id, SourceId } from './ids.ts';
import { optionLimit, Text } from './text.ts';

/** What an entry of a table says about where it comes from. */
export const Sourced = {
  sources: z.array(SourceId, 'name the sources: [S-CONVERT]').min(1, 'name at least one source'),
  confidence: Confidence,
  checked: Checked,
};

export const RuleId = z
  .string('name the rule by its id')
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'use at most 40 lower-case letters, digits and hyphens');

/** One rule a verdict can rest on. Its sentences are in `knowledge/text/<locale>/rules.yaml`. */
export const Rule = z.strictObject({
  id: RuleId,
  topic: Id,
  /** The verdict of a rule that holds without any facts; a policy computes the others. */
  verdict: z.enum(['yes', 'no', 'depends', 'unknown'], 'quote "yes" and "no"; or say depends, unknown').optional(),
  /** Whether a CAL is needed by it: the verdict on a question that asks for that. */
  need: z.enum(['yes', 'no'], 'quote "yes" and "no"').optional(),
  /** The rule that answers no where it is asked whether these CALs are needed, rather than whether they are enough. */
  unneeded: RuleId.optional(),
  ...Sourced,
  /** The day from which the rule holds, where it has one. */
  from: z.iso.date('write the day as "2022-10-01"').optional(),
  ask: z.enum(
    ['reseller', 'microsoft', 'agreement', 'none'],
    'who settles a doubt: reseller, microsoft, agreement or none',
  ),
});
export type Rule = z.infer<typeof Rule>;

export const Rules = z.strictObject({ rules: z.array(Rule).min(1) });

/**
 * The sentences of the rules in one language. The word of the verdict (yes, no) is put before `heading`, or before an `answer` of
 * one short line, when it is shown. Placeholders are filled from the values of the verdict. `asked` is how people ask for a rule
 * that holds without any facts.
 */
export const RuleTexts = z.strictObject({
  caveat: Text,
  changes: z.record(RuleId, Text),
  rules: z.record(
    RuleId,
    z.strictObject({
      asked: z.array(z.string().min(1)).min(1).optional(),
      /** The answer in a few words, for one that is longer than a line or has a command. */
      heading: z
        .string()
        .max(optionLimit, `at most ${optionLimit} characters fit`)
        .regex(/^[^*`{]+$/, 'no markup fits here')
        .optional(),
      answer: Text,
      why: Text,
    }),
  ),
});
export type RuleTexts = z.infer<typeof RuleTexts>;
