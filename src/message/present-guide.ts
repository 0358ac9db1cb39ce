import type { Guide } from '../knowledge/schema/guides.ts';
import { fill } from '../text/sentence.ts';
import { list, note, paragraph } from './blocks.ts';
import { guideActions } from './card-actions.ts';
import type { Message } from './message.ts';
import type { Words } from './phrases.ts';

/** What is asked for by its word: how to ask, how to read a server, the way to a person. */
export function presentGuide(words: Words, guide: Guide): Message {
  const { title, says, items, note: small } = words.texts.guides[guide];
  return {
    locale: words.locale,
    blocks: [
      { kind: 'heading', spans: fill(title) },
      paragraph(fill(says)),
      ...(items === undefined ? [] : [list(items.map((item) => fill(item)))]),
      ...(small === undefined ? [] : [note(fill(small))]),
    ],
    actions: guideActions(words, guide),
  };
}
