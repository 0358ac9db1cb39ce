import type { Knowledge } from '../../knowledge/knowledge.ts';
import type { Product } from '../../knowledge/schema/products.ts';
import type { Sight } from './see.ts';

/** Licences that other products have of their own. */
const countedLicences: readonly string[] = ['cal', 'core-pack'];

/** The other product a text is about; undefined where it also speaks of what is ours. */
export function readProduct({ products }: Knowledge, { terms }: Sight): Product | undefined {
  const named = products.products.filter(({ id }) => terms.has(id));
  const ours = products.ours.filter((term) => terms.has(term));
  return named.find((product) => ours.every((term) => product['own-cals'] === true && countedLicences.includes(term)));
}
