import { refusals } from '../api-error.ts';
import type { ApiReply, Route } from '../http-server.ts';
import { type JsonObject, numberIn, textIn } from '../json.ts';
import { messageFlags } from '../message-limits.ts';
import { storeMessage } from '../messages.ts';
import { requireBot } from '../permissions.ts';
import type { PeerState } from '../state.ts';
import type { TextChannel, Thread } from '../world.ts';
import {
  isThread,
  publicMessage,
  refuseArchived,
  refuseBannedName,
  saveThread,
  threadPayload,
  visibleChannel,
} from './channel-access.ts';

const DAY_MINUTES = 1_440;

/** Starting threads, from a message or on their own, and who is in them. */
export function threadRoutes(state: PeerState): readonly Route[] {
  return [
    {
      method: 'POST',
      path: '/channels/:channel_id/messages/:message_id/threads',
      auth: 'bot',
      handle: ({ params, body }) => {
        const channel = textChannel(state, params.channel_id);
        requireBot(state.world, channel, 'CREATE_PUBLIC_THREADS');
        const message = publicMessage(state, channel, params.message_id);
        if (state.world.channels.has(message.id)) throw refusals.threadExists();
        const made = startThread(state, channel, body, { id: message.id, type: 11 });
        const flags = message.flags | messageFlags.hasThread;
        storeMessage(state, { ...message, flags, thread: made.body }, 'MESSAGE_UPDATE');
        return made;
      },
    },
    {
      method: 'POST',
      path: '/channels/:channel_id/threads',
      auth: 'bot',
      handle: ({ params, body }) => {
        const channel = textChannel(state, params.channel_id);
        const type = body.type === 11 ? 11 : 12;
        requireBot(state.world, channel, type === 11 ? 'CREATE_PUBLIC_THREADS' : 'CREATE_PRIVATE_THREADS');
        return startThread(state, channel, body, { id: state.newId(), type });
      },
    },
    {
      method: 'GET',
      path: '/guilds/:guild_id/threads/active',
      auth: 'bot',
      handle: ({ params }) => {
        const threads = [...state.world.channels.values()].filter(
          (channel): channel is Thread => isThread(channel) && channel.guild_id === params.guild_id,
        );
        const seen = threads.filter(({ id }) => state.world.threadMembers.get(id)?.has(state.world.bot.id) === true);
        const active = seen.filter(({ thread_metadata }) => !thread_metadata.archived);
        return { status: 200, body: { threads: active.map((thread) => threadPayload(state, thread)), members: [] } };
      },
    },
    {
      method: 'PUT',
      path: '/channels/:channel_id/thread-members/:user_id',
      auth: 'bot',
      handle: ({ params }) => {
        const thread = visibleChannel(state, params.channel_id);
        if (!isThread(thread)) throw refusals.unknownChannel();
        requireBot(state.world, thread, 'SEND_MESSAGES_IN_THREADS');
        refuseArchived(thread);
        const userId = params.user_id === '@me' ? state.world.bot.id : (params.user_id ?? '');
        if (!state.world.users.has(userId)) throw refusals.unknownUser();
        state.world.threadMembers.get(thread.id)?.add(userId);
        state.journal.note(`THREAD_MEMBER_ADD ${thread.id} ${userId}`);
        return { status: 204 };
      },
    },
    {
      method: 'GET',
      path: '/channels/:channel_id/thread-members',
      auth: 'bot',
      handle: ({ params }) => {
        const thread = visibleChannel(state, params.channel_id);
        const members = [...(state.world.threadMembers.get(thread.id) ?? [])];
        return { status: 200, body: members.map((user_id) => ({ id: thread.id, user_id, flags: 0 })) };
      },
    },
  ];
}

function textChannel(state: PeerState, id: string | undefined): TextChannel {
  const channel = visibleChannel(state, id);
  if (channel.type !== 0) throw refusals.unknownChannel();
  return channel;
}

function startThread(
  state: PeerState,
  channel: TextChannel,
  body: JsonObject,
  made: { readonly id: string; readonly type: 11 | 12 },
): ApiReply {
  const name = textIn(body, 'name') ?? '';
  if (name.length < 1 || name.length > 100) {
    throw refusals.invalidBody([
      { path: 'name', code: 'BASE_TYPE_BAD_LENGTH', message: 'Must be between 1 and 100 in length.' },
    ]);
  }
  refuseBannedName(name);
  const at = new Date(state.now()).toISOString();
  const thread: Thread = {
    ...made,
    guild_id: channel.guild_id,
    parent_id: channel.id,
    owner_id: state.world.bot.id,
    name,
    rate_limit_per_user: numberIn(body, 'rate_limit_per_user') ?? 0,
    thread_metadata: {
      archived: false,
      locked: false,
      invitable: body.invitable !== false,
      auto_archive_duration: numberIn(body, 'auto_archive_duration') ?? DAY_MINUTES,
      archive_timestamp: at,
      create_timestamp: at,
    },
  };
  state.world.threadMembers.set(thread.id, new Set([state.world.bot.id]));
  saveThread(state, thread, 'THREAD_CREATE');
  return { status: 201, body: threadPayload(state, thread) };
}
