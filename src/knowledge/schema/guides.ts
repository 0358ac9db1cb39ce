import { z } from 'zod';
import { Id } from './ids.ts';
import { Text } from './text.ts';

/** What a person may ask for with a word. `handoff` and `status` are also commands of a conversation, whose words are in `words.yaml`. */
export const guides = ['help', 'read', 'cal', 'edition', 'handoff', 'status'] as const;
export type Guide = (typeof guides)[number];

function each<Shape extends z.ZodType>(shape: Shape) {
  return z.strictObject(Object.fromEntries(guides.map((guide) => [guide, shape])) as Record<Guide, Shape>);
}

/** `knowledge/guides.yaml`: the words, and the flows that the buttons of each answer lead into. */
export const Guides = z.strictObject({
  guides: each(z.strictObject({ words: z.array(z.string('quote it').min(1)), flows: z.array(Id).min(1) })),
});
export type Guides = z.infer<typeof Guides>;

/** What each of them is answered with: `items` are questions, commands or words to send, one a line. */
export const GuideTexts = each(
  z.strictObject({
    title: Text,
    says: Text,
    items: z.array(Text).optional(),
    note: Text.optional(),
  }),
);
export type GuideTexts = z.infer<typeof GuideTexts>;
