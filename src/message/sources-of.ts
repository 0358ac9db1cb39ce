import type { Spans } from '../text/span.ts';
import type { Words } from './phrases.ts';

/** Where something is written: the titles of its sources, and when each was read. */
export function sourcesOf(words: Words, ids: readonly string[]): Spans {
  const sources = ids.flatMap((id) => words.knowledge.sources.get(id) ?? []);
  return words.say('sources', { sources: sources.map(({ title, read }) => `${title} (${read})`).join('; ') });
}
