import { bitsOf, type Permission } from './permissions.ts';
import { saveThread } from './routes/channel-access.ts';
import { deleteMessage } from './routes/message-routes.ts';
import type { PeerState } from './state.ts';

/** What a moderator of the guild does between two acts of the bot. */
export interface Moderation {
  /** Takes these permissions, and no others, from the bot in a channel and its threads. None given: gives all back. */
  deny(channelId: string, ...permissions: readonly Permission[]): void;
  /** Grants the bot more in a channel and its threads than everybody holds. */
  allow(channelId: string, ...permissions: readonly Permission[]): void;
  /** Archives a thread as inactivity or a moderator would. */
  archive(threadId: string, locked?: boolean): void;
  /** A moderator deletes a message. */
  remove(messageId: string): void;
}

/** `deny` and `allow` each replace their half of the bot's one overwrite in a channel, and the gateway tells of it. */
export function moderate(state: PeerState): Moderation {
  const { world } = state;
  const overwrite = (channelId: string, change: { readonly allow: string } | { readonly deny: string }): void => {
    const channel = world.channels.get(channelId);
    if (channel?.type !== 0) throw new Error(`${channelId} is no text channel`);
    const bits = { allow: '0', deny: '0', ...channel.permission_overwrites[0], ...change };
    const changed = { ...channel, permission_overwrites: [{ ...bits, id: world.bot.id, type: 1 }] } as const;
    world.channels.set(channelId, changed);
    state.gateway.dispatch('CHANNEL_UPDATE', changed, channel.guild_id);
  };
  return {
    deny: (channelId, ...permissions) => overwrite(channelId, { deny: bitsOf(permissions).toString() }),
    allow: (channelId, ...permissions) => overwrite(channelId, { allow: bitsOf(permissions).toString() }),
    archive(threadId, locked = false) {
      const thread = world.channels.get(threadId);
      if (thread?.type !== 11 && thread?.type !== 12) throw new Error(`${threadId} is no thread`);
      saveThread(
        state,
        { ...thread, thread_metadata: { ...thread.thread_metadata, archived: true, locked } },
        'THREAD_UPDATE',
      );
    },
    remove(messageId) {
      const message = world.messages.get(messageId);
      if (message === undefined) throw new Error(`no message ${messageId}`);
      deleteMessage(state, message);
    },
  };
}
