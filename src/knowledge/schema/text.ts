import { z } from 'zod';
import { parseSentence } from '../../text/sentence.ts';
import { desks } from './ids.ts';
import { phrases } from './phrases.ts';

/** A sentence of the authors, parsed from their inline markup. */
export const Text = z.string('write a sentence').min(1, 'write a sentence').transform(parseSentence);
/** Plain words without markup, for places that cannot show any (labels, titles of forms). */
const label = (limit: number) =>
  z
    .string('write it in words')
    .min(1)
    .max(limit, `at most ${limit} characters fit`)
    .regex(/^[^*`{]*$/, 'no markup fits here');

/** The smallest limits of the platforms: Slack's button text shows about 30, Discord's 34; menus cut at 75. */
export const buttonLimit = 34;
export const optionLimit = 75;
export const formTitleLimit = 24;
export const formLabelLimit = 45;

export const QuestionTexts = z.record(
  z.string(),
  z.strictObject({
    ask: Text,
    how: Text.optional(),
    name: label(formLabelLimit),
    choices: z.record(z.string(), label(optionLimit)).optional(),
  }),
);

export const FlowTexts = z.strictObject({
  title: label(optionLimit),
  button: label(buttonLimit),
  outcomes: z.record(
    z.string(),
    z.strictObject({ title: Text, says: Text.optional(), steps: z.array(Text).optional(), note: Text.optional() }),
  ),
});

const Advice = { causes: z.array(Text).min(1), check: Text, fixes: z.array(Text).min(1) };

export const ErrorTexts = z.strictObject({
  family: z.strictObject({ says: Text, ...Advice }),
  codes: z.record(
    z.string(),
    z.strictObject({
      title: label(optionLimit),
      meaning: Text,
      causes: Advice.causes.optional(),
      check: Advice.check.optional(),
      fixes: Advice.fixes.optional(),
      escalate: Text.optional(),
    }),
  ),
});

export const DeskTexts = z.strictObject(
  Object.fromEntries(desks.map((desk) => [desk, z.strictObject({ name: Text, reach: Text, bring: Text })])) as Record<
    (typeof desks)[number],
    z.ZodObject<{ name: typeof Text; reach: typeof Text; bring: typeof Text }>
  >,
);

export const InterfaceTexts = z.strictObject(
  Object.fromEntries(phrases.map((phrase) => [phrase, Text])) as Record<(typeof phrases)[number], typeof Text>,
);

export type QuestionTexts = z.infer<typeof QuestionTexts>;
export type FlowTexts = z.infer<typeof FlowTexts>;
export type ErrorTexts = z.infer<typeof ErrorTexts>;
export type DeskTexts = z.infer<typeof DeskTexts>;
export type InterfaceTexts = z.infer<typeof InterfaceTexts>;
