import type { App } from '@slack/bolt';
import type { Message } from '../../src/message/message.ts';
import type { Outcome } from '../../src/service/bot.ts';
import { platform } from './deliver.ts';
import { type FilesRead, readFiles } from './files.ts';
import { type IntakeParts, originOf, phraseMessage, readPayload, render } from './intake.ts';
import { fileLimit } from './limits.ts';
import { readMessageText } from './message-text.ts';
import { EventBody, TextEvent } from './payloads.ts';
import { eventScene, type Scene } from './scene.ts';
import { isDirect, readSpot, type Spot, writeSpot } from './spot.ts';

/** What people write; joins, edits and the like have other subtypes. */
const spoken: readonly (string | undefined)[] = [undefined, 'file_share', 'thread_broadcast'];

/**
 * What people write: in a thread we hold, in a direct message, or with a mention. Slack sends every message of a channel we
 * are in; the others are dropped here, before anything is stored.
 */
export function listenForTexts(app: App, parts: IntakeParts): void {
  const shown = new Shown();
  app.event(/^(message|app_mention)$/, async ({ body, event }) => {
    const read = readPayload(parts, EventBody, body);
    const text = TextEvent.safeParse(event).data;
    if (read === undefined || text === undefined || !isSpoken(text)) return;
    await takeText(parts, eventScene(read, text), text, shown);
  });
}

function isSpoken({ subtype, bot_id, user }: TextEvent): boolean {
  return spoken.includes(subtype) && bot_id == null && user !== undefined && user !== 'USLACKBOT';
}

async function takeText(parts: IntakeParts, scene: Scene, event: TextEvent, shown: Shown): Promise<void> {
  const direct = isDirect(event.channel);
  const spot: Spot = { installation: scene.installation, channel: event.channel, ts: event.thread_ts };
  const conversation = await (direct ? openIn(parts, scene, spot) : heldIn(parts, spot));
  if (conversation === undefined && !direct && event.type === 'message') return;

  const files = await readFiles(parts, scene.installation, event.files ?? []);
  const text = [readMessageText(event.text), ...files.texts].filter((part) => part !== '').join('\n');
  const venue = writeSpot({ ...spot, ts: direct ? undefined : (event.thread_ts ?? event.ts) });
  // A mention comes twice, as a message and as a mention: one receipt for both.
  const receipt = `slack:${scene.installation}:${event.channel}:${event.ts}`;
  const origin = originOf(scene, { receipt, venue, locale: parts.people.localeOf(scene) });
  const nothing = text === '' && files.unread.length > 0;
  const outcome = nothing
    ? undefined
    : await (conversation === undefined ? parts.bot.open(origin, text) : parts.bot.write(origin, conversation, text));
  if (!shown.first(receipt)) return;
  parts.afterwards.run('outcome of a text', async () => {
    for (const message of messagesFor(parts, origin.locale, outcome, files))
      await tell(parts, scene, readSpot(venue), message);
    await parts.people.learn(scene);
  });
}

/** The conversation whose thread this is. */
async function heldIn({ places }: IntakeParts, spot: Spot): Promise<string | undefined> {
  return spot.ts === undefined ? undefined : places.conversationAt(platform, 'thread', writeSpot(spot));
}

/** The person's open conversation, when it is held in this direct conversation. */
async function openIn(
  { store, places }: IntakeParts,
  scene: Scene,
  { installation, channel }: Spot,
): Promise<string | undefined> {
  const open = await store.openOf(`${platform}:${scene.team}`, scene.user);
  if (open === undefined) return undefined;
  const held = await places.find(platform, open.id, 'thread');
  return held === undefined || held === writeSpot({ installation, channel, ts: undefined }) ? open.id : undefined;
}

function messagesFor(
  parts: IntakeParts,
  locale: Message['locale'],
  outcome: Outcome | undefined,
  { unread }: FilesRead,
): readonly Message[] {
  const answers =
    outcome === undefined || outcome.kind === 'turned' || outcome.kind === 'duplicate' ? [] : [outcome.message];
  return [
    ...answers,
    ...unread.map((name) => phraseMessage(parts, locale, 'file-unread', { name, limit: fileLimit / 1024 })),
  ];
}

/** Tells one person something, where they wrote. */
export async function tell(
  { web, ...parts }: IntakeParts,
  { installation, user }: Scene,
  { channel, ts }: Spot,
  message: Message,
): Promise<void> {
  const client = await web.client(installation);
  for (const page of render({ web, ...parts }, message)) {
    if (isDirect(channel)) await client.chat.postMessage({ channel, ...page });
    else await client.chat.postEphemeral({ channel, user, ...page, ...(ts === undefined ? {} : { thread_ts: ts }) });
  }
}

/** Which answers that nothing keeps were shown, so that an event that comes again is not answered again. */
class Shown {
  readonly #receipts = new Set<string>();

  first(receipt: string): boolean {
    if (this.#receipts.has(receipt)) return false;
    if (this.#receipts.size > 10_000) this.#receipts.clear();
    this.#receipts.add(receipt);
    return true;
  }
}
