import type { Source } from '../knowledge/schema/source.ts';
import type { Locale } from '../text/locale.ts';
import type { Spans } from '../text/span.ts';
import type { Words } from './phrases.ts';

/** An answer names its first sources; the knowledge lists them all. */
const mostSources = 3;

/** Where something is written, in one line: the names of its sources, and when the one left alone longest was read. */
export function sourcesOf(words: Words, ids: readonly string[]): Spans {
  const sources = ids.flatMap((id) => words.knowledge.sources.get(id) ?? []).slice(0, mostSources);
  const [read = ''] = sources.map((source) => source.read).toSorted();
  return words.say('sources', { sources: sources.map((source) => nameOf(source, words.locale)).join('; '), read });
}

function nameOf({ title, short = title, ja = short }: Source, locale: Locale): string {
  return locale === 'ja' ? ja : short;
}
