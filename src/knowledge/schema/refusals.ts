import { z } from 'zod';
import { Id } from './ids.ts';
import { Text } from './text.ts';

const terms = z.array(Id).min(1);

/** `knowledge/refusals.yaml`: what is not helped with. Its sentences are in `knowledge/text/<locale>/refusals.yaml`. */
export const Refusals = z.strictObject({
  requests: z
    .array(
      z.strictObject({
        id: Id,
        /** The topic that answers a person who only asks about it, where there is one. */
        enquiry: Id.optional(),
        /** Sets of terms; all of one set make the request. */
        about: z.array(terms).min(1),
        /** A term that makes it lawful. */
        unless: terms.optional(),
        /** Names of tools and hosts, found in any disguise: separators between the letters, digits for letters. */
        names: z
          .array(
            z
              .string()
              .regex(
                /^[a-z0-9]{7,}$/,
                'at least seven letters or digits without separators: shorter names hide in ordinary words',
              ),
          )
          .optional(),
      }),
    )
    .min(1),
  /** Terms of a person who asks about such a thing rather than for it: answered, unless a term of `insisting` is there too. */
  enquiring: terms,
  insisting: terms,
  /** Terms of a person who wants it gone: always answered. */
  removing: terms,
});
export type Refusals = z.infer<typeof Refusals>;

/** The lawful route, which follows the refusal. */
export const RefusalTexts = z.record(Id, Text);
export type RefusalTexts = z.infer<typeof RefusalTexts>;
