import { SlackError } from '../errors.ts';
import { type Json, word } from '../json.ts';
import type { Channel } from '../world.ts';
import { channelOf, directMessages, type Methods, required } from './method.ts';

const READ_SCOPE = { channel: 'channels:read', group: 'groups:read', im: 'im:read' } as const;

/** The `conversations.*` methods. */
export const conversationMethods: Methods = {
  'conversations.open': {
    ...{ auth: 'bot', scope: () => 'im:write' },
    run({ world, team, args }) {
      const users = required(args, 'users').split(',');
      if (users.length > 1) throw new SlackError('method_not_supported_for_channel_type');
      const [userId = ''] = users;
      if (world.users.get(userId)?.teamId !== team.id) throw new SlackError('user_not_found');
      return { channel: { id: directMessages(world, userId).id } };
    },
  },
  'conversations.info': {
    auth: 'bot',
    scope: (request) => READ_SCOPE[channelOf(request, required(request.args, 'channel')).kind],
    run(request) {
      const channel = channelOf(request, required(request.args, 'channel'));
      if (channel.kind === 'group' && !channel.hasBot) throw new SlackError('channel_not_found');
      return { channel: describe(channel) };
    },
  },
  'conversations.join': {
    ...{ auth: 'bot', scope: () => 'channels:join' },
    run(request) {
      const channel = channelOf(request, required(request.args, 'channel'));
      if (channel.kind === 'group') throw new SlackError('channel_not_found');
      if (channel.kind === 'im') throw new SlackError('method_not_supported_for_channel_type');
      if (channel.isArchived) throw new SlackError('is_archived');
      const warning = channel.hasBot && {
        ...{ warning: 'already_in_channel', response_metadata: { warnings: ['already_in_channel'] } },
      };
      channel.hasBot = true;
      return { channel: describe(channel), ...warning };
    },
  },
};

function describe(channel: Channel): Json {
  const { id, name, kind, isArchived, hasBot } = channel;
  const [userId] = channel.members;
  if (kind === 'im') return { id, created: 1_700_000_000, is_im: true, is_archived: isArchived, user: word(userId) };
  return {
    ...{ id, name, name_normalized: name, created: 1_700_000_000, creator: word(userId) },
    ...{ is_channel: kind === 'channel', is_group: kind === 'group', is_im: false, is_mpim: false },
    ...{ is_private: kind === 'group', is_archived: isArchived, is_member: hasBot, is_shared: false },
    ...{ is_ext_shared: false, is_org_shared: false, context_team_id: channel.teamId },
    num_members: channel.members.size + Number(hasBot),
  };
}
