import { refusals } from '../api-error.ts';
import type { ApiReply, ApiRequest, Route } from '../http-server.ts';
import { type JsonObject, numberIn, textIn } from '../json.ts';
import { botMay, requireBot } from '../permissions.ts';
import type { RateLimits } from '../rate-limits.ts';
import type { PeerState } from '../state.ts';
import type { TextChannel, Thread } from '../world.ts';
import { isThread, refuseBannedName, saveThread, threadPayload, visibleChannel } from './channel-access.ts';

/** Reading and changing channels and threads, and the typing notice. */
export function channelRoutes(state: PeerState, limits: RateLimits): readonly Route[] {
  return [
    {
      method: 'GET',
      path: '/channels/:channel_id',
      auth: 'bot',
      handle: ({ params }) => {
        const channel = visibleChannel(state, params.channel_id);
        return { status: 200, body: isThread(channel) ? threadPayload(state, channel) : channel };
      },
    },
    {
      method: 'PATCH',
      path: '/channels/:channel_id',
      auth: 'bot',
      handle: (request) => patchChannel(state, limits, request),
    },
    {
      method: 'POST',
      path: '/channels/:channel_id/typing',
      auth: 'bot',
      handle: ({ params }) => {
        visibleChannel(state, params.channel_id);
        return { status: 204 };
      },
    },
  ];
}

function patchChannel(state: PeerState, limits: RateLimits, { params, body }: ApiRequest): ApiReply {
  const channel = visibleChannel(state, params.channel_id);
  if (channel.type === 1) throw refusals.missingPermissions();
  const name = textIn(body, 'name');
  const renamed = (name !== undefined && name !== channel.name) || 'topic' in body;
  if (isThread(channel)) refuseThreadChange(state, channel, body);
  else requireBot(state.world, channel, 'MANAGE_CHANNELS');
  if (name !== undefined) refuseBannedName(name);
  if (renamed) limits.takeRename(channel.id);
  if (isThread(channel)) {
    const changed = changedThread(state, channel, body);
    saveThread(state, changed, 'THREAD_UPDATE');
    return { status: 200, body: threadPayload(state, changed) };
  }
  const changed: TextChannel = {
    ...channel,
    name: name ?? channel.name,
    topic: textIn(body, 'topic') ?? channel.topic,
  };
  state.world.channels.set(channel.id, changed);
  state.gateway.dispatch('CHANNEL_UPDATE', { ...changed }, channel.guild_id);
  return { status: 200, body: changed };
}

/** An archived thread takes nothing but being opened again, and only with it other changes; a lock needs a moderator. */
function refuseThreadChange(state: PeerState, thread: Thread, body: JsonObject): void {
  const moderator = botMay(state.world, thread, 'MANAGE_THREADS');
  const { archived, locked } = thread.thread_metadata;
  const opens = body.archived === false;
  if (archived && !opens) throw refusals.archived();
  if (!moderator && ((locked && opens) || 'locked' in body)) throw refusals.missingPermissions();
  if (moderator || thread.owner_id === state.world.bot.id) return;
  const onlyOpens = opens && Object.keys(body).every((key) => key === 'archived');
  if (!onlyOpens || !botMay(state.world, thread, 'SEND_MESSAGES_IN_THREADS')) throw refusals.missingPermissions();
}

function changedThread(state: PeerState, thread: Thread, body: JsonObject): Thread {
  const meta = thread.thread_metadata;
  const flag = (key: 'archived' | 'locked' | 'invitable'): boolean => {
    const value = body[key];
    return typeof value === 'boolean' ? value : meta[key];
  };
  return {
    ...thread,
    name: textIn(body, 'name') ?? thread.name,
    rate_limit_per_user: numberIn(body, 'rate_limit_per_user') ?? thread.rate_limit_per_user,
    thread_metadata: {
      ...meta,
      archived: flag('archived'),
      locked: flag('locked'),
      invitable: flag('invitable'),
      auto_archive_duration: numberIn(body, 'auto_archive_duration') ?? meta.auto_archive_duration,
      archive_timestamp: 'archived' in body ? new Date(state.now()).toISOString() : meta.archive_timestamp,
    },
  };
}
