import { readContent } from '../content.ts';
import { SlackError } from '../errors.ts';
import { isJson, type Json, word } from '../json.ts';
import { LIMITS } from '../limits.ts';
import { messageKey, type PeerMessage, type World } from '../world.ts';
import { channelOf, type Method, type Methods, postableChannel, type Request, required } from './method.ts';

const scope = () => 'chat:write';

const postMessage: Method = {
  ...{ auth: 'bot', scope },
  run(request) {
    const { world, args } = request;
    const channel = postableChannel(request, required(args, 'channel'));
    refuseTooFast(world, channel.id);
    const { truncated, ...content } = readContent(args);
    const threadTs = word(args.thread_ts);
    if (threadTs !== '' && !world.messages.has(messageKey(channel.id, threadTs))) {
      throw new SlackError('thread_not_found');
    }
    const message: PeerMessage = {
      ...botMessage(request, channel.id),
      ...content,
      ...(threadTs !== '' && { thread_ts: threadTs }),
      ...(isJson(args.metadata) && { metadata: args.metadata }),
    };
    publish(world, message);
    world.lastPostAt.set(channel.id, world.now());
    const warning = truncated && {
      warning: 'message_truncated',
      response_metadata: { warnings: ['message_truncated'] },
    };
    return { channel: channel.id, ts: message.ts, message, ...warning };
  },
};

const postEphemeral: Method = {
  ...{ auth: 'bot', scope },
  run(request) {
    const { args } = request;
    const channel = postableChannel(request, required(args, 'channel'));
    const user = required(args, 'user');
    if (!channel.members.has(user)) throw new SlackError('user_not_in_channel');
    const { text, blocks } = readContent(args);
    const message = showEphemeral(request, channel.id, user, { text, blocks }, word(args.thread_ts));
    return { message_ts: message.ts };
  },
};

const update: Method = {
  ...{ auth: 'bot', scope },
  run(request) {
    const { world, team, args } = request;
    const message = ownMessage(request, 'cant_update_message');
    const { text, blocks, truncated } = readContent(args);
    if (truncated) throw new SlackError('msg_too_long');
    const edited = { user: team.botUserId, ts: world.nextTs() };
    const metadata = isJson(args.metadata) ? { metadata: args.metadata } : {};
    const changed: PeerMessage = { ...message, text, blocks, edited, ...metadata };
    edit(world, message, changed);
    return { channel: message.channel, ts: message.ts, text, message: changed };
  },
};

const remove: Method = {
  ...{ auth: 'bot', scope },
  run(request) {
    const message = ownMessage(request, 'cant_delete_message');
    unpublish(request.world, message);
    return { channel: message.channel, ts: message.ts };
  },
};

const getPermalink: Method = {
  auth: 'bot',
  run(request) {
    const { world, team, args } = request;
    const channel = channelOf(request, required(args, 'channel'));
    const ts = required(args, 'message_ts');
    if (!world.messages.has(messageKey(channel.id, ts))) throw new SlackError('message_not_found');
    const permalink = `https://${team.domain}.slack.com/archives/${channel.id}/p${ts.replace('.', '')}`;
    return { channel: channel.id, permalink };
  },
};

/** The `chat.*` methods. */
export const chatMethods: Methods = {
  'chat.postMessage': postMessage,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
};

/** Adds a message of the bot to its channel. */
export function publish(world: World, message: PeerMessage): void {
  world.messages.set(messageKey(message.channel, message.ts), message);
  world.botMessages.listener({ kind: 'posted', message });
}

/** Replaces a message of the bot. */
export function edit(world: World, previous: PeerMessage, message: PeerMessage): void {
  world.messages.set(messageKey(message.channel, message.ts), message);
  world.botMessages.listener({ kind: 'changed', message, previous });
}

/** Removes a message of the bot. */
export function unpublish(world: World, previous: PeerMessage): void {
  world.messages.delete(messageKey(previous.channel, previous.ts));
  world.botMessages.listener({ kind: 'deleted', previous });
}

/** What every new message of the bot carries, with a fresh `ts`. */
export function botMessage({ world, team }: Pick<Request, 'world' | 'team'>, channel: string) {
  const by = { user: team.botUserId, bot_id: team.botId, app_id: world.app.id };
  return { type: 'message', channel, ts: world.nextTs(), team: team.id, ...by } as const;
}

/** Shows one person a message of the bot. */
export function showEphemeral(
  from: Pick<Request, 'world' | 'team'>,
  channel: string,
  userId: string,
  content: { readonly text: string; readonly blocks: readonly Json[] },
  threadTs: string,
): PeerMessage {
  const thread = threadTs !== '' && { thread_ts: threadTs };
  const message = { ...botMessage(from, channel), ...content, ...thread, ephemeral_to: userId };
  from.world.ephemerals.set(messageKey(channel, message.ts), message);
  return message;
}

/** The bot's own message that `channel` and `ts` name. An ephemeral one is not found: Slack does not keep it. */
function ownMessage(request: Request, refusal: string): PeerMessage {
  const { world, team, args } = request;
  const channel = channelOf(request, required(args, 'channel'));
  const message = world.messages.get(messageKey(channel.id, required(args, 'ts')));
  if (!message) throw new SlackError('message_not_found');
  if (message.user !== team.botUserId) throw new SlackError(refusal);
  if (channel.isArchived) throw new SlackError('is_archived');
  return message;
}

function refuseTooFast(world: World, channel: string): void {
  const last = world.lastPostAt.get(channel);
  if (!world.limitPosting || last === undefined || world.now() - last >= LIMITS.postIntervalMs) return;
  throw new SlackError('ratelimited', { retry_after: 1 });
}
