import { readContent } from './content.ts';
import type { Ack, Courier } from './courier.ts';
import type { Surface } from './elements.ts';
import { ImpossibleActError } from './errors.ts';
import { closeModal, enterChoice, pressButton, type Submitted, submitModal, suggestOptions } from './interactions.ts';
import type { Json } from './json.ts';
import { word } from './json.ts';
import { directMessages } from './methods/method.ts';
import {
  changeEvent,
  eventParcel,
  globalShortcutParcel,
  messageEvent,
  messageShortcutParcel,
  slashParcel,
  writtenMessage,
} from './payloads.ts';
import { showAnswer } from './response-url.ts';
import { type Channel, known, messageKey, type PeerMessage, type PeerView, type User, type World } from './world.ts';

/** A file a person attaches to a message or a form. */
export interface Attachment {
  readonly name: string;
  readonly content: string | Buffer;
  readonly mimetype?: string;
  /** Shared from another organisation: an event names it and says no more. */
  readonly isConnect?: boolean;
  /** The connection breaks whenever it is fetched. */
  readonly isBroken?: boolean;
}

export interface Writing {
  readonly threadTs?: string;
  readonly files?: readonly Attachment[];
}

/**
 * Somebody who uses Slack. Each act resolves when the bot has acknowledged it, and rejects with `NotAcknowledgedError` when
 * it has not in time (events: after their retries) or `ImpossibleActError` when Slack would not let the person do it.
 */
export interface Person {
  readonly id: string;
  /** Types a slash command; what the ack carries is shown to the person, or to the channel. */
  slash(channel: string, command: string, text?: string): Promise<Ack>;
  /** Writes in a channel. The bot hears of it when it is a member and its scopes allow. */
  say(channel: string, text: string, writing?: Writing): Promise<PeerMessage>;
  /** Writes in a channel with the bot mentioned in front; sends `message` and `app_mention`. */
  mention(channel: string, text: string, writing?: Writing): Promise<PeerMessage>;
  /** Writes to the bot directly. */
  dm(text: string, writing?: Writing): Promise<PeerMessage>;
  /** Edits or deletes the person's own message. */
  edit(message: PeerMessage, text: string): Promise<PeerMessage>;
  remove(message: PeerMessage): Promise<void>;
  /** Presses the button with that action id, block id, label or value. */
  press(surface: Surface, button: string): Promise<Ack>;
  /** Chooses in a select, radio group, checkboxes or overflow menu, by option value or label; lists for multiple. */
  selectOption(surface: Surface, element: string, choice: string | readonly string[]): Promise<Ack | undefined>;
  /** Types into an external select and gets the options the bot offers. */
  suggest(surface: Surface, element: string, typed: string): Promise<readonly Json[]>;
  /** Fills a modal (by block id, action id or label) and submits it. `errors` are what the bot has against it. */
  submitView(view: PeerView, values?: Readonly<Record<string, string | readonly string[]>>): Promise<Submitted>;
  /** Closes the topmost modal, or all of them. */
  closeView(view: PeerView, all?: boolean): Promise<void>;
  /** Uploads a file without posting it, for the `file_input` of a form; returns its id. */
  upload(file: Attachment): string;
  /** Uses a message shortcut, or a global one. */
  shortcut(message: PeerMessage, callbackId: string): Promise<Ack>;
  globalShortcut(callbackId: string): Promise<Ack>;
  openHome(): Promise<Ack>;
}

/** Creates the driver of one person. */
export function createPerson(world: World, courier: Courier, userId: string): Person {
  const user = known(world.users, userId, 'user');
  const acting = { world, courier, user };
  const bot = () => known(world.teams, user.teamId, 'team').botUserId;
  const write = (channelId: string, text: string, writing: Writing = {}) => say(acting, channelId, text, writing);
  return {
    id: userId,
    slash: (channel, command, text = '') => slash(acting, channel, command, text),
    say: write,
    mention: (channel, text, writing) => write(channel, `<@${bot()}> ${text}`, writing),
    dm: (text, writing) => write(directMessages(world, userId).id, text, writing),
    edit: (message, text) => editOwn(acting, message, text),
    remove: (message) => removeOwn(acting, message),
    press: (surface, button) => pressButton(acting, surface, button),
    selectOption: (surface, element, choice) => enterChoice(acting, surface, element, choice),
    suggest: (surface, element, typed) => suggestOptions(acting, surface, element, typed),
    submitView: (view, values = {}) => submitModal(acting, view, values),
    closeView: (view, all = false) => closeModal(acting, view, all),
    upload: (file) => word(upload(acting, file).id),
    shortcut: (message, callbackId) => courier.deliver(messageShortcutParcel(world, user, message, callbackId)),
    globalShortcut: (callbackId) => courier.deliver(globalShortcutParcel(world, user, callbackId)),
    openHome: () => openHome(acting),
  };
}

/** A person in the act: what the functions of this folder need to know. */
export interface Acting {
  readonly world: World;
  readonly courier: Courier;
  readonly user: User;
}

async function slash(acting: Acting, channelId: string, command: string, text: string): Promise<Ack> {
  const { world, courier, user } = acting;
  const channel = enter(acting, channelId);
  const ack = await courier.deliver(slashParcel(world, user, channel, command, text));
  if (ack.body && (word(ack.body.text) !== '' || ack.body.blocks !== undefined)) {
    const to = { teamId: user.teamId, userId: user.id, channelId };
    showAnswer(world, to, readContent(ack.body), ack.body.response_type === 'in_channel', '');
    world.changes.changed();
  }
  return ack;
}

async function say(acting: Acting, channelId: string, text: string, writing: Writing): Promise<PeerMessage> {
  const { world, courier, user } = acting;
  const channel = enter(acting, channelId);
  if (channel.isArchived) throw new ImpossibleActError(`${channelId} is archived`);
  const files = (writing.files ?? []).map((file) => upload(acting, file));
  const message = writtenMessage(world, user, channel, text, {
    ...(writing.threadTs !== undefined && { thread_ts: writing.threadTs }),
    ...(files.length > 0 && { files, subtype: 'file_share' as const }),
  });
  world.messages.set(messageKey(channelId, message.ts), message);
  world.changes.changed();
  const events = eventsFor(acting, channel, message);
  await Promise.all(events.map((event) => courier.deliver(eventParcel(world, user.teamId, event))));
  return message;
}

/** What the bot hears of a message: `message`, and `app_mention` beside it when it is mentioned outside its own DM. */
function eventsFor(acting: Acting, channel: Channel, message: PeerMessage): readonly Json[] {
  const { world, user } = acting;
  const { botUserId, scopes } = known(world.teams, user.teamId, 'team');
  const event = messageEvent(world, message);
  const { channel_type: _, ...mention } = event;
  const mentioned = channel.kind !== 'im' && channel.hasBot && message.text.includes(`<@${botUserId}>`);
  return [
    ...(hears(acting, channel.id) ? [event] : []),
    ...(mentioned && scopes.includes('app_mentions:read') ? [{ ...mention, type: 'app_mention' }] : []),
  ];
}

/** The scope without which Slack does not send the messages of a kind of channel. */
export const HISTORY_SCOPE = { channel: 'channels:history', group: 'groups:history', im: 'im:history' } as const;

function hears({ world, user }: Acting, channelId: string): boolean {
  const { kind, hasBot } = known(world.channels, channelId, 'channel');
  return hasBot && known(world.teams, user.teamId, 'team').scopes.includes(HISTORY_SCOPE[kind]);
}

async function editOwn(acting: Acting, message: PeerMessage, text: string): Promise<PeerMessage> {
  const { world, courier, user } = acting;
  const current = own(acting, message);
  const changed = { ...current, text, edited: { user: user.id, ts: world.nextTs() } };
  world.messages.set(messageKey(message.channel, message.ts), changed);
  world.changes.changed();
  if (hears(acting, message.channel)) {
    await courier.deliver(eventParcel(world, user.teamId, changeEvent(world, current, changed)));
  }
  return changed;
}

async function removeOwn(acting: Acting, message: PeerMessage): Promise<void> {
  const { world, courier, user } = acting;
  const current = own(acting, message);
  world.messages.delete(messageKey(message.channel, message.ts));
  world.changes.changed();
  if (!hears(acting, message.channel)) return;
  await courier.deliver(eventParcel(world, user.teamId, changeEvent(world, current, undefined)));
}

function own({ world, user }: Acting, { channel, ts }: PeerMessage): PeerMessage {
  const message = known(world.messages, messageKey(channel, ts), 'message');
  if (message.user !== user.id) throw new ImpossibleActError(`${ts} is not a message of ${user.id}`);
  return message;
}

function upload({ world, user }: Acting, file: Attachment): Json {
  const id = world.nextId('F');
  const content = Buffer.from(file.content);
  const created = Math.floor(world.now() / 1000);
  const path = `${world.baseUrl}/files-pri/${user.teamId}-${id}`;
  const meta = {
    ...{ id, created, timestamp: created, name: file.name, title: file.name, user: user.id, size: content.length },
    ...{ mimetype: file.mimetype ?? 'text/plain', filetype: 'text', pretty_type: 'Plain Text', mode: 'snippet' },
    ...{ url_private: `${path}/${file.name}`, url_private_download: `${path}/download/${file.name}` },
  };
  world.files.set(id, { id, teamId: user.teamId, content, meta, isBroken: file.isBroken === true });
  return file.isConnect === true ? { id, mode: 'file_access', file_access: 'check_file_info' } : meta;
}

function openHome({ world, courier, user }: Acting): Promise<Ack> {
  const view = world.homes.get(user.id);
  const channel = directMessages(world, user.id).id;
  const event = { type: 'app_home_opened', user: user.id, channel, tab: 'home', event_ts: world.nextTs() };
  return courier.deliver(eventParcel(world, user.teamId, { ...event, ...(view && { view }) }));
}

function enter({ world, user }: Acting, channelId: string): Channel {
  const channel = known(world.channels, channelId, 'channel');
  if (channel.members.has(user.id)) return channel;
  throw new ImpossibleActError(`${user.id} is not in ${channelId}`);
}
