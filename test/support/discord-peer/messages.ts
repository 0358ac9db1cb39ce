import { refusals } from './api-error.ts';
import { flatten, withIds } from './components.ts';
import { isObject, type JsonObject, numberIn, objectIn, objectsIn, textIn } from './json.ts';
import { mentionsThatPing } from './mentions.ts';
import { messageFlags, problemsInMessage } from './message-limits.ts';
import type { PeerState } from './state.ts';
import { guildOf, memberOf, type PeerChannel, type PeerFile, type PeerUser } from './world.ts';

const FILE_BYTES = 10 * 1024 * 1024;
const NONCE_MS = 5 * 60_000;

/** A message as the API shows it. */
export interface PeerMessage extends JsonObject {
  readonly id: string;
  readonly channel_id: string;
  readonly type: number;
  readonly author: PeerUser;
  readonly content: string;
  readonly embeds: readonly JsonObject[];
  readonly components: readonly JsonObject[];
  readonly attachments: readonly JsonObject[];
  readonly flags: number;
  readonly timestamp: string;
  readonly edited_timestamp: string | null;
  readonly mentions: readonly PeerUser[];
}

/** What a bot asked to be sent; `extra` is what only Discord writes on a message (its interaction, its thread). */
export interface Draft {
  readonly channel: PeerChannel;
  readonly body: JsonObject;
  readonly files: readonly PeerFile[];
  readonly flags: number;
  readonly extra?: JsonObject;
  /** The only person who sees it, when it is ephemeral. */
  readonly onlyFor?: string;
}

/** Checks, stores and announces a message of the bot. The same enforced nonce within minutes returns the first message. */
export function postMessage(state: PeerState, draft: Draft): PeerMessage {
  const { body, channel, flags } = draft;
  refuse(body, flags, draft.files);
  const nonce = body.nonce;
  const earlier = body.enforce_nonce === true ? findNonce(state, channel.id, nonce) : undefined;
  if (earlier !== undefined) return earlier;
  const reply = objectIn(body, 'message_reference');
  const message: PeerMessage = {
    ...blank(state, channel.id, state.world.bot),
    type: reply === undefined ? 0 : 19,
    content: textIn(body, 'content') ?? '',
    embeds: objectsIn(body, 'embeds'),
    components: withIds(objectsIn(body, 'components')),
    flags,
    ...(nonce === undefined ? {} : { nonce }),
    ...(reply === undefined ? {} : { message_reference: { type: 0, channel_id: channel.id, ...reply } }),
    ...draft.extra,
  };
  const stored = { ...message, attachments: attach(state, message, body, draft.files) };
  if (draft.onlyFor !== undefined) state.world.visibleOnlyTo.set(stored.id, draft.onlyFor);
  recordPings(state, stored, body);
  storeMessage(state, stored, 'MESSAGE_CREATE');
  return stored;
}

/** Changes the keys a body names and announces it. Neither visibility nor components v2 can be taken back. */
export function editMessage(
  state: PeerState,
  message: PeerMessage,
  body: JsonObject,
  files: readonly PeerFile[],
): PeerMessage {
  const asked = numberIn(body, 'flags');
  const v2 = messageFlags.componentsV2;
  if (asked !== undefined && (message.flags & v2) !== 0 && (asked & v2) === 0) {
    throw refusals.invalidBody([
      { path: 'flags', code: 'MESSAGE_FLAG_CANNOT_BE_REMOVED', message: 'IS_COMPONENTS_V2' },
    ]);
  }
  const flags = (message.flags & ~messageFlags.loading) | ((asked ?? 0) & v2);
  const changed = {
    content: 'content' in body ? (textIn(body, 'content') ?? '') : message.content,
    embeds: 'embeds' in body ? objectsIn(body, 'embeds') : message.embeds,
    components: 'components' in body ? withIds(objectsIn(body, 'components')) : message.components,
  };
  const kept = 'attachments' in body ? keptAttachments(message, body) : message.attachments;
  refuse({ ...changed, attachments: kept }, flags, files);
  const edited: PeerMessage = {
    ...message,
    ...changed,
    flags,
    attachments: [...kept, ...attach(state, message, body, files)],
    edited_timestamp: new Date(state.now()).toISOString(),
  };
  storeMessage(state, edited, 'MESSAGE_UPDATE');
  return edited;
}

/** A message by a person or a deferral: everything empty. */
export function blank(state: PeerState, channelId: string, author: PeerUser): PeerMessage {
  const id = state.newId();
  return {
    id,
    channel_id: channelId,
    type: 0,
    author,
    content: '',
    embeds: [],
    components: [],
    attachments: [],
    flags: 0,
    timestamp: new Date(state.now()).toISOString(),
    edited_timestamp: null,
    mentions: [],
    mention_roles: [],
    mention_everyone: false,
    pinned: false,
    tts: false,
  };
}

/** Keeps a message and tells the gateway, unless it is ephemeral. */
export function storeMessage(state: PeerState, message: PeerMessage, event: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE'): void {
  state.world.messages.set(message.id, message);
  state.journal.note(`${event} ${message.channel_id} ${message.author.username}: ${message.content.slice(0, 80)}`);
  if ((message.flags & messageFlags.ephemeral) !== 0) return;
  const channel = state.world.channels.get(message.channel_id);
  if (channel === undefined) return;
  const guild_id = guildOf(channel);
  const { user: _, ...member } = memberOf(state.world, message.author);
  const place = guild_id === undefined ? {} : { guild_id, member };
  const announced = { ...asSeenByBot(state, message), channel_type: channel.type, ...place };
  // What a person writes may be held back or doubled by the test; what the bot wrote comes back to it at once.
  if (message.author.bot) state.gateway.dispatch(event, announced, guild_id);
  else state.gateway.deliver(event, announced, guild_id);
}

/** A message as an application without the privileged intent reads it: empty unless its own, to it, or in a DM. */
export function asSeenByBot(state: PeerState, message: PeerMessage): PeerMessage {
  const { bot, channels } = state.world;
  const shown =
    message.author.id === bot.id ||
    message.mentions.some((user) => user.id === bot.id) ||
    channels.get(message.channel_id)?.type === 1;
  return shown ? message : { ...message, content: '', embeds: [], components: [], attachments: [] };
}

/** Keeps files where they can be downloaded and returns them as attachments. */
export function storeFiles(
  state: PeerState,
  channelId: string,
  files: readonly PeerFile[],
  described: readonly JsonObject[] = [],
): readonly (JsonObject & { readonly id: string })[] {
  return files.map((file, index) => {
    const id = state.newId();
    const said = described.find((item) => String(item.id) === String(index));
    const path = `/attachments/${channelId}/${id}/${encodeURIComponent(file.name)}`;
    state.world.files.set(path, file);
    const url = `${state.origin()}${path}`;
    const description = said === undefined ? undefined : textIn(said, 'description');
    return {
      id,
      filename: file.name,
      size: file.bytes.length,
      url,
      proxy_url: url,
      content_type: file.contentType,
      ...(description === undefined ? {} : { description }),
    };
  });
}

function attach(
  state: PeerState,
  message: PeerMessage,
  body: JsonObject,
  files: readonly PeerFile[],
): readonly JsonObject[] {
  return storeFiles(state, message.channel_id, files, objectsIn(body, 'attachments'));
}

function keptAttachments(message: PeerMessage, body: JsonObject): readonly JsonObject[] {
  const kept = new Set(objectsIn(body, 'attachments').map((item) => String(item.id)));
  return message.attachments.filter((item) => kept.has(String(item.id)));
}

function refuse(body: JsonObject, flags: number, files: readonly PeerFile[]): void {
  if (files.some((file) => file.bytes.length > FILE_BYTES)) throw refusals.tooLarge();
  const problems = problemsInMessage(body, flags);
  if (problems.length > 0) throw refusals.invalidBody(problems);
  const parts = ['content', 'embeds', 'components', 'attachments', 'sticker_ids'].map((key) => body[key]);
  const empty = parts.every(
    (part) => part === undefined || part === null || part === '' || (Array.isArray(part) && part.length === 0),
  );
  if (empty && files.length === 0 && !isObject(body.poll)) throw refusals.emptyMessage();
}

function findNonce(state: PeerState, channelId: string, nonce: unknown): PeerMessage | undefined {
  if (nonce === undefined || nonce === null) return undefined;
  return [...state.world.messages.values()].find(
    (message) =>
      message.channel_id === channelId &&
      message.nonce === nonce &&
      message.author.id === state.world.bot.id &&
      state.now() - Date.parse(message.timestamp) < NONCE_MS,
  );
}

function recordPings(state: PeerState, message: PeerMessage, body: JsonObject): void {
  const displayed = flatten(message.components).map(({ component }) => textIn(component, 'content') ?? '');
  const reference = textIn(objectIn(body, 'message_reference') ?? {}, 'message_id');
  const author = reference === undefined ? undefined : state.world.messages.get(reference)?.author;
  const allowed = objectIn(body, 'allowed_mentions');
  const replied = author !== undefined && !author.bot && (allowed === undefined || allowed.replied_user === true);
  const mentions = [...mentionsThatPing(body, [message.content, ...displayed]), ...(replied ? ['reply'] : [])];
  for (const mention of mentions) state.pings.push({ channelId: message.channel_id, messageId: message.id, mention });
}
