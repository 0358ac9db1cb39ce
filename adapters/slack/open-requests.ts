import type { Conversation } from '../../src/conversation/conversation.ts';
import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import { type OpenRequest, presentStanding } from '../../src/message/present-standing.ts';
import { readGuide } from '../../src/reading/command.ts';
import { localeOfWord } from '../../src/text/locale.ts';
import type { IntakeParts } from './intake.ts';
import { placeUrl } from './place-link.ts';
import type { Scene } from './scene.ts';
import { localeFor, workspaceOf } from './standing.ts';

/** More than anybody keeps open, and far below a view's 100 blocks. */
const mostListed = 20;

export function openRequestsOf({ store }: IntakeParts, scene: Scene): Promise<readonly Conversation[]> {
  return store.allOpenOf(workspaceOf(scene), scene.user, mostListed);
}

/** The open requests of somebody who asks for them by a word; none for any other text. */
export async function askedRequests(parts: IntakeParts, scene: Scene, text: string): Promise<readonly Conversation[]> {
  return readGuide(parts.knowledge(), text) === 'status' ? openRequestsOf(parts, scene) : [];
}

/** With the way to each. Slack is asked for the addresses, so this comes after the ack. */
export function withPlaces(parts: IntakeParts, open: readonly Conversation[]): Promise<readonly OpenRequest[]> {
  return Promise.all(open.map(async (conversation) => ({ conversation, url: await placeUrl(parts, conversation) })));
}

/** Where each of them stands, in the language of the word that asked. */
export async function standingMessage(
  parts: IntakeParts,
  scene: Scene,
  text: string,
  open: readonly Conversation[],
): Promise<Message> {
  const words = new Words(parts.knowledge(), localeOfWord(text, await localeFor(parts, scene)));
  return presentStanding(words, await withPlaces(parts, open), parts.clock.now().toISOString());
}
