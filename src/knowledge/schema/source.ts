import { z } from 'zod';
import { Checked, SourceId } from './ids.ts';

/** One document a fact was read in. */
export const Source = z.strictObject({
  id: SourceId,
  title: z.string().min(1),
  where: z.string().min(1),
  official: z.boolean('say true or false'),
  read: Checked,
});
export type Source = z.infer<typeof Source>;
export const Sources = z.strictObject({ sources: z.array(Source).min(1) });
