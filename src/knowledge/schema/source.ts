import { z } from 'zod';
import { Checked, SourceId } from './ids.ts';

/** The longest name of a source: three of them still are two lines of small print. */
const nameLimit = 60;
const Name = z.string().min(1).max(nameLimit, `at most ${nameLimit} characters fit`);

/** One document a fact was read in. `short` and `ja` are shown in place of the title, `ja` in Japanese. */
export const Source = z
  .strictObject({
    id: SourceId,
    title: z.string().min(1),
    short: Name.optional(),
    ja: Name.optional(),
    where: z.string().min(1),
    official: z.boolean('say true or false'),
    read: Checked,
  })
  .refine(({ title, short = title }) => short.length <= nameLimit, {
    message: `give it a short name too: at most ${nameLimit} characters fit`,
    path: ['title'],
  });
export type Source = z.infer<typeof Source>;
export const Sources = z.strictObject({ sources: z.array(Source).min(1) });
