import type { App } from '@slack/bolt';
import type { Message } from '../../src/message/message.ts';
import { redact } from '../../src/reading/redact.ts';
import type { Outcome } from '../../src/service/bot.ts';
import type { Locale } from '../../src/text/locale.ts';
import { asksForContract } from './contract-data.ts';
import { type FilesRead, readFiles, unreadMessages } from './files.ts';
import { type IntakeParts, phraseMessage, readPayload } from './intake.ts';
import { readMessageText } from './message-text.ts';
import { askedRequests, standingMessage } from './open-requests.ts';
import { EditEvent, EventBody, TextEvent } from './payloads.ts';
import { platform } from './platform.ts';
import { eventScene, type Scene } from './scene.ts';
import { tell } from './show.ts';
import { Shown } from './shown.ts';
import { isDirect, type Spot, writeSpot } from './spot.ts';
import { localeFor, originOf, workspaceOf } from './standing.ts';

/** What people write; joins, deletions and the like have other subtypes. */
const spoken: readonly (string | undefined)[] = [undefined, 'file_share', 'thread_broadcast'];

/**
 * What people write: in a thread we hold, in a direct message, or with a mention. Slack sends every message of a channel we
 * are in; the others are dropped here, before anything is stored. What was deleted stays answered: its facts were said.
 */
export function listenForTexts(app: App, parts: IntakeParts): void {
  const shown = new Shown();
  app.event(/^(message|app_mention)$/, async ({ body, event }) => {
    const envelope = readPayload(parts, EventBody, body);
    const text = TextEvent.safeParse(event).data;
    const edit = EditEvent.safeParse(event).data;
    if (envelope === undefined) return;
    if (text !== undefined && isSpoken(text)) await takeText(parts, eventScene(envelope, text), text, shown);
    if (edit !== undefined) await takeEdit(parts, eventScene(envelope, edit.message), edit, shown);
  });
}

function isSpoken({ subtype, bot_id, user }: Pick<TextEvent, 'subtype' | 'bot_id' | 'user'>): boolean {
  return spoken.includes(subtype) && bot_id == null && user !== undefined && user !== 'USLACKBOT';
}

async function takeText(parts: IntakeParts, scene: Scene, event: TextEvent, shown: Shown): Promise<void> {
  const direct = isDirect(event.channel);
  const spot: Spot = { installation: scene.installation, channel: event.channel, ts: event.thread_ts };
  const conversation = await heldIn(parts, scene, spot);
  if (conversation === undefined && !direct && event.type === 'message') return;

  const files = await readFiles(parts, scene.installation, event.files ?? []);
  const text = [readMessageText(event.text), ...files.texts].filter((part) => part !== '').join('\n');
  const beside: Spot = { ...spot, ts: direct ? undefined : (event.thread_ts ?? event.ts) };
  // A mention comes twice, as a message and as a mention: one receipt for both.
  const receipt = `slack:${scene.installation}:${event.channel}:${event.ts}`;
  const contract = conversation !== undefined && asksForContract(parts.knowledge(), text);
  const origin = await originOf(parts, scene, { receipt, spot: beside, contract });
  const open = conversation === undefined ? await askedRequests(parts, scene, text) : [];
  const nothing = open.length > 0 || (text === '' && files.unread.length > 0);
  const outcome = nothing
    ? undefined
    : await (conversation === undefined ? parts.bot.open(origin, text) : parts.bot.write(origin, conversation, text));
  if (!shown.first(receipt)) return;
  parts.afterwards.run('outcome of a text', async () => {
    const standing = open.length === 0 ? [] : [await standingMessage(parts, scene, text, open)];
    for (const message of [...standing, ...messagesFor(parts, origin.locale, outcome, files)])
      await tell(parts, scene, beside, message);
    await parts.people.learn(scene);
  });
}

/** An edit is not read again: the person is told, unless they took out a secret, as we asked them to. */
async function takeEdit(parts: IntakeParts, scene: Scene, edit: EditEvent, shown: Shown): Promise<void> {
  const { message, previous_message: before, channel } = edit;
  const tidied = secretsIn(message.text) < secretsIn(before.text);
  if (!isSpoken(message) || message.edited === undefined || message.text === before.text || tidied) return;
  const spot: Spot = { installation: scene.installation, channel, ts: message.thread_ts };
  if ((await heldIn(parts, scene, spot)) === undefined) return;
  const locale = await localeFor(parts, scene);
  if (!shown.first(`edit:${scene.installation}:${channel}:${message.ts}:${message.edited.ts}`)) return;
  const says = phraseMessage(parts, locale, 'edited-unread');
  parts.afterwards.run('word on an edit', () => tell(parts, scene, spot, says));
}

function secretsIn(text: string): number {
  return Object.values(redact(text).found).reduce((sum, count) => sum + count, 0);
}

/** The conversation of a thread; in direct messages the person's open one, when it is held there. */
async function heldIn({ store, places }: IntakeParts, scene: Scene, spot: Spot): Promise<string | undefined> {
  if (!isDirect(spot.channel)) {
    return spot.ts === undefined ? undefined : places.conversationAt(platform, 'thread', writeSpot(spot));
  }
  const open = await store.openOf(workspaceOf(scene), scene.user);
  if (open === undefined) return undefined;
  const held = await places.find(platform, open.id, 'thread');
  return held === undefined || held === writeSpot({ ...spot, ts: undefined }) ? open.id : undefined;
}

function messagesFor(
  parts: IntakeParts,
  locale: Locale,
  outcome: Outcome | undefined,
  files: FilesRead,
): readonly Message[] {
  const answers = outcome !== undefined && 'message' in outcome ? [outcome.message] : [];
  return [...answers, ...unreadMessages(parts, locale, files)];
}
