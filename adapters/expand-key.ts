import type { Knowledge } from '../src/knowledge/knowledge.ts';

/** How renderers turn a published key's id into its text. */
export function keyExpander(knowledge: () => Knowledge): (id: string) => string {
  return (id) => knowledge().editions.keys.find((key) => key.id === id)?.key ?? id;
}
