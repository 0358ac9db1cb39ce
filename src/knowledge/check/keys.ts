import type { Problem } from '../../errors.ts';
import type { Knowledge } from '../knowledge.ts';
import type { ProblemAt } from './report.ts';
import type { FoundText } from './sentences.ts';

/** Five groups of five; the same character throughout (XXXXX-…) shows the form and is no key. */
const key = /(?<![A-Z0-9])(?!([A-Z0-9])\1{4}(?:-\1{5}){4})[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}(?![A-Z0-9])/i;

/** Every sentence that holds a product key: published ones stand in `editions.yaml` alone, others nowhere. */
export function checkKeys({ editions }: Knowledge, sentences: readonly FoundText[], at: ProblemAt): readonly Problem[] {
  const published = new Map(editions.keys.map((each) => [each.key, each.id]));
  return sentences.flatMap(({ file, path, whole }) => {
    const [found] = key.exec(whole) ?? [];
    if (found === undefined) return [];
    const id = published.get(found.toUpperCase());
    return [
      at(
        file,
        path,
        id === undefined
          ? 'a product key stands in this sentence: remove it'
          : `the published key ${id} stands in this sentence: it belongs in editions.yaml, and the bot puts it in`,
      ),
    ];
  });
}
