import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import { presentStanding } from '../../src/message/present-standing.ts';
import { readGuide } from '../../src/reading/command.ts';
import type { Origin } from '../../src/service/bot.ts';
import { localeOfWord } from '../../src/text/locale.ts';
import type { IntakeParts } from './intake.ts';
import { findSpot, linkTo } from './place.ts';

const mostListed = 10;

/** For somebody who asks for it by its word: their open requests with the way to each. Undefined for any other text, or with none open. */
export async function standingOf(
  { knowledge, store, places, clock }: IntakeParts,
  { workspace, actor, locale }: Origin,
  text: string,
): Promise<Message | undefined> {
  if (readGuide(knowledge(), text) !== 'status') return undefined;
  const open = await store.allOpenOf(workspace, actor.id, mostListed);
  if (open.length === 0) return undefined;
  const requests = await Promise.all(
    open.map(async (conversation) => {
      const thread = await findSpot(places, conversation.id, 'thread');
      return { conversation, url: thread === undefined ? undefined : linkTo(thread) };
    }),
  );
  const words = new Words(knowledge(), localeOfWord(text, locale));
  return presentStanding(words, requests, clock.now().toISOString());
}
