import { refusals } from '../api-error.ts';
import type { ApiReply, ApiRequest, Route } from '../http-server.ts';
import { numberIn, objectIn, textIn } from '../json.ts';
import { messageFlags } from '../message-limits.ts';
import { asSeenByBot, editMessage, type PeerMessage, postMessage } from '../messages.ts';
import { botMay, requireBot } from '../permissions.ts';
import type { PeerState } from '../state.ts';
import { guildOf } from '../world.ts';
import { openForSending, publicMessage, refuseArchived, visibleChannel } from './channel-access.ts';

/** Messages the bot sends, reads, edits and deletes with its own token. */
export function messageRoutes(state: PeerState): readonly Route[] {
  const path = '/channels/:channel_id/messages';
  return [
    { method: 'POST', path, auth: 'bot', handle: (request) => send(state, request) },
    {
      method: 'GET',
      path,
      auth: 'bot',
      handle: ({ params, query }) => {
        const channel = visibleChannel(state, params.channel_id);
        if (!botMay(state.world, channel, 'READ_MESSAGE_HISTORY')) return { status: 200, body: [] };
        const shown = [...state.world.messages.values()].filter(
          ({ channel_id, flags }) => channel_id === channel.id && (flags & messageFlags.ephemeral) === 0,
        );
        return { status: 200, body: page(shown, query).map((message) => asSeenByBot(state, message)) };
      },
    },
    {
      method: 'GET',
      path: `${path}/:message_id`,
      auth: 'bot',
      handle: ({ params }) => {
        const channel = visibleChannel(state, params.channel_id);
        requireBot(state.world, channel, 'READ_MESSAGE_HISTORY');
        return { status: 200, body: asSeenByBot(state, publicMessage(state, channel, params.message_id)) };
      },
    },
    {
      method: 'PATCH',
      path: `${path}/:message_id`,
      auth: 'bot',
      handle: ({ params, body, files }) => {
        const channel = visibleChannel(state, params.channel_id);
        const message = publicMessage(state, channel, params.message_id);
        if (message.author.id !== state.world.bot.id) throw refusals.foreignMessage();
        refuseArchived(channel);
        return { status: 200, body: editMessage(state, message, body, files) };
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:message_id`,
      auth: 'bot',
      handle: ({ params }) => {
        const channel = visibleChannel(state, params.channel_id);
        const message = publicMessage(state, channel, params.message_id);
        if (message.author.id !== state.world.bot.id) requireBot(state.world, channel, 'MANAGE_MESSAGES');
        refuseArchived(channel);
        deleteMessage(state, message);
        return { status: 204 };
      },
    },
  ];
}

/** Forgets a message and tells the gateway, unless it was ephemeral. */
export function deleteMessage(state: PeerState, message: PeerMessage): void {
  state.world.messages.delete(message.id);
  state.journal.note(`MESSAGE_DELETE ${message.channel_id} ${message.id}`);
  if ((message.flags & messageFlags.ephemeral) !== 0) return;
  const channel = state.world.channels.get(message.channel_id);
  const guild_id = channel === undefined ? undefined : guildOf(channel);
  const place = guild_id === undefined ? {} : { guild_id };
  state.gateway.dispatch('MESSAGE_DELETE', { id: message.id, channel_id: message.channel_id, ...place }, guild_id);
}

function send(state: PeerState, { params, body, files }: ApiRequest): ApiReply {
  const channel = visibleChannel(state, params.channel_id);
  openForSending(state, channel);
  const reference = objectIn(body, 'message_reference');
  if (reference !== undefined && !botMay(state.world, channel, 'READ_MESSAGE_HISTORY'))
    throw refusals.replyWithoutHistory();
  const target = reference === undefined ? undefined : state.world.messages.get(textIn(reference, 'message_id') ?? '');
  if (reference !== undefined && target === undefined && reference.fail_if_not_exists !== false) {
    throw refusals.invalidBody([
      { path: 'message_reference', code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' },
    ]);
  }
  const flags = (numberIn(body, 'flags') ?? 0) & ~messageFlags.ephemeral;
  return { status: 200, body: postMessage(state, { channel, body, files, flags }) };
}

/** Newest first, 50 unless `limit` says otherwise, before, after or around an id. */
function page(messages: readonly PeerMessage[], query: URLSearchParams): readonly PeerMessage[] {
  const before = query.get('before');
  const after = query.get('after');
  const limit = Number(query.get('limit') ?? 50);
  const chosen = messages.filter(
    ({ id }) => (before === null || BigInt(id) < BigInt(before)) && (after === null || BigInt(id) > BigInt(after)),
  );
  return (after === null ? chosen.slice(-limit) : chosen.slice(0, limit)).reverse();
}
