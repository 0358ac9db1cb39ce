import { z } from 'zod';
import { Id } from './ids.ts';
import { Text } from './text.ts';

/** A product of others' knowledge. Its sentences are in `knowledge/text/<locale>/products.yaml`. */
export const Product = z.strictObject({
  id: Id,
  names: z.array(z.string('quote it').min(2)).min(1),
  /** It has CALs of its own: the word CAL beside it does not speak of Windows Server. */
  'own-cals': z.boolean().optional(),
  /** Windows Server runs on it: it is not mine only when nothing else is understood. */
  platform: z.boolean().optional(),
});
export type Product = z.infer<typeof Product>;

export const Products = z.strictObject({
  products: z.array(Product).min(1),
  /** Terms that make a question ours although it names another product. */
  ours: z.array(Id).min(1),
});
export type Products = z.infer<typeof Products>;

export const ProductTexts = z.record(Id, z.strictObject({ name: z.string().min(1), where: Text }));
export type ProductTexts = z.infer<typeof ProductTexts>;
