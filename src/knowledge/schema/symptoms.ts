import { z } from 'zod';
import { Confidence, Desk, Id, SourceId } from './ids.ts';
import { optionLimit, Text } from './text.ts';

const Sayings = z.array(z.string('quote it').min(2)).min(1);

/** One entry of `knowledge/symptoms.yaml`: a situation, and how people describe it. Its sentences are in `knowledge/text/<locale>/symptoms.yaml`. */
export const Symptom = z.strictObject({
  id: Id,
  flow: Id,
  /** Answers the situation implies; the flow goes on from them. */
  facts: z.record(Id, z.string()).optional(),
  desk: Desk,
  codes: z
    .array(z.string().regex(/^0x[0-9A-F]{8}$/, 'write the code as 0x and eight upper-case hexadecimal digits'))
    .optional(),
  /** The key channel an output shows in this situation alone. */
  channel: Id.optional(),
  /** It stands behind any other situation found beside it. */
  general: z.boolean().optional(),
  'look-alikes': z.array(Id).optional(),
  confidence: Confidence,
  sources: z.array(SourceId).min(1, 'name at least one source'),
  sayings: z.strictObject({ en: Sayings, ja: Sayings }),
});
export type Symptom = z.infer<typeof Symptom>;
export const Symptoms = z.strictObject({
  /** Words that mean the same in a description of a situation. */
  synonyms: z.record(Id, z.array(z.string('quote it').min(1)).min(2)),
  /** English words that tell nothing. */
  common: z.array(z.string('quote it').min(1)).min(1),
  symptoms: z.array(Symptom).min(1),
});
export type SymptomWords = Pick<z.infer<typeof Symptoms>, 'synonyms' | 'common'>;

export const SymptomTexts = z.record(
  Id,
  z.strictObject({
    title: z
      .string()
      .min(1)
      .max(optionLimit, `at most ${optionLimit} characters fit`)
      .regex(/^[^*`{]*$/, 'no markup fits here'),
    cause: Text,
    check: Text,
    /** What tells look-alikes apart. */
    apart: Text.optional(),
    fixes: z.array(Text).min(1),
  }),
);
export type SymptomTexts = z.infer<typeof SymptomTexts>;
