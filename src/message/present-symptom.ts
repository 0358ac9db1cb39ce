import type { Match } from '../reading/symptoms/search-symptoms.ts';
import { fill } from '../text/sentence.ts';
import { plain, type Spans } from '../text/span.ts';
import { list, note, paragraph } from './blocks.ts';
import type { Block } from './message.ts';
import type { Words } from './phrases.ts';
import { sourcesOf } from './sources-of.ts';

const mostLookAlikes = 4;

/** A situation: its cause, the decisive check, the fix, and what looks alike. */
export function presentSymptom(words: Words, [best, ...others]: readonly Match[]): readonly Block[] {
  const symptom = words.knowledge.symptoms.get(best?.id ?? '');
  const texts = words.texts.symptoms[best?.id ?? ''];
  if (symptom === undefined || texts === undefined) return [];
  return [
    { kind: 'heading', spans: plain(texts.title) },
    paragraph(fill(texts.cause)),
    paragraph(words.say('check-heading')),
    paragraph(fill(texts.check)),
    paragraph(words.say('fixes-heading')),
    list(
      texts.fixes.map((fix) => fill(fix)),
      true,
    ),
    ...lookAlikes(
      words,
      texts.apart === undefined ? [] : [fill(texts.apart)],
      [...others.map(({ id }) => id), ...(symptom['look-alikes'] ?? [])].filter((id) => id !== symptom.id),
    ),
    note(sourcesOf(words, symptom.sources)),
  ];
}

/** What tells look-alikes apart, and their names. */
function lookAlikes(words: Words, apart: readonly Spans[], ids: readonly string[]): readonly Block[] {
  const titles = [...new Set(ids)].flatMap((id) => words.texts.symptoms[id]?.title ?? []).slice(0, mostLookAlikes);
  if (titles.length === 0) return apart.map(paragraph);
  return [paragraph(words.say('look-alikes')), ...apart.map(paragraph), list(titles.map((title) => plain(title)))];
}

/** What the words beside a code point to, in front of the code's own causes. */
export function presentPointer(words: Words, id: string): readonly Block[] {
  const texts = words.texts.symptoms[id];
  return texts === undefined
    ? []
    : [
        paragraph(words.say('points-to', { title: texts.title })),
        paragraph(fill(texts.cause)),
        paragraph(fill(texts.check)),
      ];
}
