import { guideSubject } from '../../src/conversation/answer.ts';
import type { Conversation } from '../../src/conversation/conversation.ts';
import { readStartAddress, writeStartAddress } from '../../src/message/address.ts';
import type { Message } from '../../src/message/message.ts';
import { Words } from '../../src/message/phrases.ts';
import { presentStanding } from '../../src/message/present-standing.ts';
import { readCommand, readGuide } from '../../src/reading/command.ts';
import type { Origin } from '../../src/service/bot.ts';
import { type Locale, localeOfWord } from '../../src/text/locale.ts';
import type { IntakeParts } from './intake.ts';
import { findSpot, linkTo, platform, workspaceOf } from './place.ts';

const mostListed = 10;

/** For somebody who asks for it by its word: their open requests with the way to each. Undefined for any other text, or with none open. */
export async function standingOf(parts: IntakeParts, origin: Origin, text: string): Promise<Message | undefined> {
  if (readGuide(parts.knowledge(), text) !== 'status') return undefined;
  return listOf(parts, await openOf(parts, origin), localeOfWord(text, origin.locale));
}

/** The same in a place of theirs, which answers for its own request: undefined unless others are open too. */
export async function standingBeside(parts: IntakeParts, origin: Origin, text: string): Promise<Message | undefined> {
  if (readCommand(parts.knowledge(), text) !== 'summary') return undefined;
  const open = await openOf(parts, origin);
  return open.length < 2 ? undefined : listOf(parts, open, localeOfWord(text, origin.locale));
}

/** The same for the button or the choice that carries it. */
export async function standingAt(parts: IntakeParts, origin: Origin, address: string): Promise<Message | undefined> {
  const start = readStartAddress(address);
  if (start?.subject !== guideSubject('status') || (start.kind !== 'en' && start.kind !== 'ja')) return undefined;
  return listOf(parts, await openOf(parts, origin), start.kind);
}

/** What stands for the list where others read along: a button that shows it to who presses. */
export function standingButton({ knowledge }: IntakeParts, locale: Locale): Message {
  const words = new Words(knowledge(), locale);
  const address = writeStartAddress({ kind: locale, subject: guideSubject('status'), facts: [] });
  return {
    locale,
    blocks: [{ kind: 'paragraph', spans: words.say('requests-private') }],
    actions: [words.button('my-requests', address, { style: 'primary' })],
  };
}

/** In a server the requests that began there; in direct messages those of every server, since only their owner reads them. */
function openOf({ store }: IntakeParts, { workspace, actor }: Origin): Promise<readonly Conversation[]> {
  return workspace === workspaceOf(undefined)
    ? store.openOnPlatform(platform, actor.id, mostListed)
    : store.allOpenOf(workspace, actor.id, mostListed);
}

async function listOf(
  { knowledge, places, clock }: IntakeParts,
  open: readonly Conversation[],
  locale: Locale,
): Promise<Message | undefined> {
  if (open.length === 0) return undefined;
  const requests = await Promise.all(
    open.map(async (conversation) => {
      const thread = await findSpot(places, conversation.id, 'thread');
      return { conversation, url: thread === undefined ? undefined : linkTo(thread) };
    }),
  );
  return presentStanding(new Words(knowledge(), locale), requests, clock.now().toISOString());
}
