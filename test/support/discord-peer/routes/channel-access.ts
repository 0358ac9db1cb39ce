import { refusals } from '../api-error.ts';
import { messageFlags } from '../message-limits.ts';
import type { PeerMessage } from '../messages.ts';
import { botMay, requireBot } from '../permissions.ts';
import type { PeerState } from '../state.ts';
import type { PeerChannel, Thread } from '../world.ts';

const BANNED_WORDS = /1488|nazi/i;

/** A channel the bot can see. Throws 10003 or 50001. */
export function visibleChannel(state: PeerState, id: string | undefined): PeerChannel {
  const channel = state.world.channels.get(id ?? '');
  if (channel === undefined) throw refusals.unknownChannel();
  requireBot(state.world, channel);
  return channel;
}

/** A message anyone in the channel can see. Throws 10008 for a stranger or an ephemeral one. */
export function publicMessage(state: PeerState, channel: PeerChannel, id: string | undefined): PeerMessage {
  const message = state.world.messages.get(id ?? '');
  if (message?.channel_id !== channel.id || (message.flags & messageFlags.ephemeral) !== 0)
    throw refusals.unknownMessage();
  return message;
}

export function isThread(channel: PeerChannel): channel is Thread {
  return channel.type === 11 || channel.type === 12;
}

export function refuseArchived(channel: PeerChannel): void {
  if (isThread(channel) && channel.thread_metadata.archived) throw refusals.archived();
}

/** Makes sure the bot may write here, and wakes an archived thread unless a moderator locked it. */
export function openForSending(state: PeerState, channel: PeerChannel): void {
  if (channel.type === 1) {
    if (channel.recipients.some(({ id }) => state.world.closedToMessages.has(id))) throw refusals.closedToMessages();
    return;
  }
  requireBot(state.world, channel, isThread(channel) ? 'SEND_MESSAGES_IN_THREADS' : 'SEND_MESSAGES');
  if (!isThread(channel)) return;
  if (channel.thread_metadata.locked && !botMay(state.world, channel, 'MANAGE_THREADS')) throw refusals.locked();
  if (channel.thread_metadata.archived) {
    saveThread(
      state,
      { ...channel, thread_metadata: { ...channel.thread_metadata, archived: false } },
      'THREAD_UPDATE',
    );
  }
}

/** The word filter of server discovery (github.com/discord-tickets/bot/issues/271). */
export function refuseBannedName(name: string): void {
  if (BANNED_WORDS.test(name)) throw refusals.blockedName();
}

export function saveThread(state: PeerState, thread: Thread, event: 'THREAD_CREATE' | 'THREAD_UPDATE'): void {
  state.world.channels.set(thread.id, thread);
  const fresh = event === 'THREAD_CREATE' ? { newly_created: true } : {};
  state.journal.note(`${event} ${thread.id} ${thread.name}`);
  state.gateway.dispatch(event, { ...threadPayload(state, thread), ...fresh }, thread.guild_id);
}

/** A thread as the API shows it, with its counts. */
export function threadPayload(state: PeerState, thread: Thread): { readonly [key: string]: unknown } {
  const messages = [...state.world.messages.values()].filter(({ channel_id }) => channel_id === thread.id);
  return {
    ...thread,
    flags: 0,
    last_message_id: messages.at(-1)?.id ?? null,
    message_count: messages.length,
    total_message_sent: messages.length,
    member_count: state.world.threadMembers.get(thread.id)?.size ?? 0,
  };
}
