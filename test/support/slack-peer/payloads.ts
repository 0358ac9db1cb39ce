import { randomUUID } from 'node:crypto';
import type { Parcel } from './courier.ts';
import type { Json } from './json.ts';
import {
  type Channel,
  type ElementState,
  issueResponseUrl,
  issueTrigger,
  known,
  type PeerMessage,
  type PeerView,
  type User,
  type World,
} from './world.ts';

const TOKEN = 'fixed-value';

/** An event for the bot, wrapped as `event_callback`. */
export function eventParcel(world: World, teamId: string, event: Json): Parcel {
  const { botUserId, enterpriseId, orgWide } = known(world.teams, teamId, 'team');
  const authorization = { enterprise_id: enterpriseId ?? null, team_id: teamId, user_id: botUserId, is_bot: true };
  const organisation = enterpriseId !== undefined && { enterprise_id: enterpriseId };
  const payload = {
    ...{ token: TOKEN, team_id: teamId, ...organisation, api_app_id: world.app.id, event, type: 'event_callback' },
    ...{ event_id: world.nextId('Ev'), event_time: Math.floor(world.now() / 1000), is_ext_shared_channel: false },
    authorizations: [{ ...authorization, is_enterprise_install: orgWide }],
    event_context: `1-${event.type}-${teamId}-${event.channel ?? ''}`,
  };
  return { kind: 'events_api', payload, acceptsPayload: false };
}

/** A slash command. It cannot be typed in a thread, so there is no thread in it. */
export function slashParcel(world: World, user: User, channel: Channel, command: string, text: string): Parcel {
  const { teamId } = user;
  const { domain, enterpriseId, orgWide } = known(world.teams, teamId, 'team');
  const organisation = enterpriseId !== undefined && { enterprise_id: enterpriseId };
  const to = { teamId, userId: user.id, channelId: channel.id, threadTs: undefined, original: undefined };
  const payload = {
    ...{ token: TOKEN, team_id: teamId, team_domain: domain, ...organisation },
    ...{ channel_id: channel.id, channel_name: channelName(channel), user_id: user.id, user_name: user.name },
    ...{ command, text, api_app_id: world.app.id, is_enterprise_install: String(orgWide) },
    response_url: issueResponseUrl(world, 'commands', to),
    trigger_id: issueTrigger(world, user.id),
  };
  return { kind: 'slash_commands', payload, acceptsPayload: true };
}

/** A press or choice in a message. An ephemeral message is not part of the payload. */
export function messageActionParcel(
  world: World,
  user: User,
  message: PeerMessage,
  values: ElementState,
  action: Json,
): Parcel {
  const channel = known(world.channels, message.channel, 'channel');
  const isEphemeral = message.ephemeral_to !== undefined;
  const place = { channel_id: channel.id, is_ephemeral: isEphemeral };
  const thread = message.thread_ts !== undefined && { thread_ts: message.thread_ts };
  const to = { teamId: user.teamId, userId: user.id, channelId: channel.id, threadTs: message.thread_ts };
  return interactive({
    ...{ type: 'block_actions', ...interactionBase(world, user), trigger_id: issueTrigger(world, user.id) },
    container: { type: 'message', message_ts: message.ts, ...thread, ...place },
    channel: { id: channel.id, name: channelName(channel) },
    ...(!isEphemeral && { message: shownMessage(message) }),
    ...{ state: { values }, actions: [action] },
    response_url: issueResponseUrl(world, 'actions', { ...to, original: message }),
  });
}

/** A press or choice in a modal or home tab. */
export function viewActionParcel(world: World, user: User, view: PeerView, action: Json): Parcel {
  return interactive({
    ...{ type: 'block_actions', ...interactionBase(world, user), trigger_id: issueTrigger(world, user.id, view.id) },
    ...{ container: { type: 'view', view_id: view.id }, view, actions: [action] },
  });
}

/** A modal that is submitted. Its ack may carry a `response_action`. */
export function submissionParcel(world: World, user: User, view: PeerView): Parcel {
  const base = { type: 'view_submission', ...interactionBase(world, user) };
  const trigger_id = issueTrigger(world, user.id, view.id);
  return { ...interactive({ ...base, trigger_id, view, response_urls: [] }), acceptsPayload: true };
}

/** A modal that is closed, sent when it has `notify_on_close`. */
export function closingParcel(world: World, user: User, view: PeerView, isCleared: boolean): Parcel {
  return interactive({ type: 'view_closed', ...interactionBase(world, user), view, is_cleared: isCleared });
}

/** What a person types into an external select. Its ack carries the options. */
export function suggestionParcel(
  world: World,
  user: User,
  surface: PeerMessage | PeerView,
  at: { readonly action_id: string; readonly block_id: string; readonly value: string },
): Parcel {
  const place =
    'channel' in surface
      ? {
          container: { type: 'message', message_ts: surface.ts, channel_id: surface.channel, is_ephemeral: false },
          channel: { id: surface.channel, name: channelName(known(world.channels, surface.channel, 'channel')) },
        }
      : { container: { type: 'view', view_id: surface.id }, view: surface };
  const payload = { type: 'block_suggestion', ...interactionBase(world, user), ...at, ...place };
  return { ...interactive(payload), acceptsPayload: true };
}

/** A message shortcut. */
export function messageShortcutParcel(world: World, user: User, message: PeerMessage, callbackId: string): Parcel {
  const channel = known(world.channels, message.channel, 'channel');
  const to = { teamId: user.teamId, userId: user.id, channelId: channel.id, threadTs: message.thread_ts };
  return interactive({
    ...{ type: 'message_action', ...interactionBase(world, user), action_ts: world.nextTs() },
    ...{ callback_id: callbackId, trigger_id: issueTrigger(world, user.id), message_ts: message.ts },
    channel: { id: channel.id, name: channelName(channel) },
    message: shownMessage(message),
    response_url: issueResponseUrl(world, 'app', { ...to, original: undefined }),
  });
}

/** A global shortcut. */
export function globalShortcutParcel(world: World, user: User, callbackId: string): Parcel {
  const base = { type: 'shortcut', ...interactionBase(world, user), action_ts: world.nextTs() };
  return interactive({ ...base, callback_id: callbackId, trigger_id: issueTrigger(world, user.id) });
}

/** The inner `message` event of a message. */
export function messageEvent(world: World, message: PeerMessage): Json {
  const { kind } = known(world.channels, message.channel, 'channel');
  const channelEvent = { channel: message.channel, event_ts: message.ts, channel_type: kind };
  return { ...shownMessage(message), ...channelEvent };
}

/** The inner event of an edit or a deletion, as channels see it. */
export function changeEvent(world: World, previous: PeerMessage, message: PeerMessage | undefined): Json {
  const ts = world.nextTs();
  const { kind } = known(world.channels, previous.channel, 'channel');
  const common = { type: 'message', hidden: true, channel: previous.channel, event_ts: ts, ts, channel_type: kind };
  const previous_message = shownMessage(previous);
  return message
    ? { ...common, subtype: 'message_changed', message: shownMessage(message), previous_message }
    : { ...common, subtype: 'message_deleted', deleted_ts: previous.ts, previous_message };
}

/** A message a person writes, with the rich text Slack makes of it. */
export function writtenMessage(
  world: World,
  user: User,
  channel: Channel,
  text: string,
  more: Pick<PeerMessage, 'thread_ts' | 'files' | 'subtype'>,
): PeerMessage {
  const by = { user: user.id, team: user.home?.teamId ?? user.teamId, client_msg_id: randomUUID() };
  const place = { channel: channel.id, ts: world.nextTs() };
  return { type: 'message', ...by, ...place, text, blocks: richText(text, world.nextId('b')), ...more };
}

function richText(text: string, block_id: string): readonly Json[] {
  if (text === '') return [];
  const elements = text
    .split(/(<@U[A-Z0-9]+>)/)
    .filter(Boolean)
    .map((part) => {
      const user = /^<@(U[A-Z0-9]+)>$/.exec(part)?.[1];
      return user === undefined ? { type: 'text', text: part } : { type: 'user', user_id: user };
    });
  return [{ type: 'rich_text', block_id, elements: [{ type: 'rich_text_section', elements }] }];
}

function interactive(payload: Json): Parcel {
  return { kind: 'interactive', payload, acceptsPayload: false };
}

function interactionBase(world: World, user: User): Json {
  const { id, name, teamId, home } = user;
  const { domain, enterpriseId, orgWide } = known(world.teams, teamId, 'team');
  const enterprise = enterpriseId === undefined ? null : { id: enterpriseId, name: enterpriseId };
  return {
    user: { id, username: name, name, team_id: home?.teamId ?? teamId },
    team: { id: teamId, domain },
    ...{ api_app_id: world.app.id, token: TOKEN, enterprise, is_enterprise_install: orgWide },
  };
}

function shownMessage({ channel: _, ephemeral_to: __, ...shown }: PeerMessage): Json {
  return shown;
}

function channelName({ kind, name }: Channel): string {
  if (kind === 'im') return 'directmessage';
  return kind === 'group' ? 'privategroup' : name;
}
