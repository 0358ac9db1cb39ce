import { readContent } from './content.ts';
import { SlackError } from './errors.ts';
import type { Json } from './json.ts';
import { word } from './json.ts';
import { LIMITS } from './limits.ts';
import { botMessage, edit, publish, showEphemeral, unpublish } from './methods/chat.ts';
import type { Answer } from './web-api.ts';
import { known, messageKey, type PeerMessage, type ResponseUrl, type World } from './world.ts';

/**
 * Answers a POST to a response_url: five uses in thirty minutes, then 404. Without `replace_original` or `delete_original` a
 * new message appears, for the person alone unless `response_type` is `in_channel`. A slash command has no original, so
 * there `replace_original` adds a message too (https://github.com/slackapi/bolt-js/issues/2287).
 */
export function answerResponseUrl(world: World, path: string, args: Json): Answer {
  const url = world.responseUrls.get(path);
  const call = { method: 'response_url', teamId: url?.teamId, args, at: world.now(), answer: undefined };
  const answer = respond(world, url, args);
  world.calls.push({ ...call, answer });
  world.changes.changed();
  return {
    status: answer.ok === true ? 200 : answer.error === 'invalid_blocks' ? 400 : 404,
    headers: {},
    body: answer,
  };
}

function respond(world: World, url: ResponseUrl | undefined, args: Json): Json {
  if (!url) return { ok: false, error: 'no_such_url' };
  if (world.now() - url.issuedAt > LIMITS.responseUrlAgeMs) return { ok: false, error: 'expired_url' };
  if (url.uses >= LIMITS.responseUrlUses) return { ok: false, error: 'used_url' };
  url.uses += 1;
  try {
    act(world, url, args);
    return { ok: true };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return { ok: false, error: error.code, ...error.extra };
  }
}

function act(world: World, url: ResponseUrl, args: Json): void {
  const original = url.original && currentVersion(world, url.original);
  if (args.delete_original === true) {
    if (original) remove(world, original);
    return;
  }
  const { text, blocks } = readContent(args);
  if (args.replace_original === true && original) {
    replace(world, original, { text, blocks });
    return;
  }
  const threadTs = word(args.thread_ts) || (url.threadTs ?? '');
  showAnswer(world, url, { text, blocks }, args.response_type === 'in_channel', threadTs);
}

/** Shows what the bot answered: to the person alone, or to the whole channel. */
export function showAnswer(
  world: World,
  to: Pick<ResponseUrl, 'teamId' | 'channelId' | 'userId'>,
  content: Pick<PeerMessage, 'text' | 'blocks'>,
  inChannel: boolean,
  threadTs: string,
): void {
  const team = known(world.teams, to.teamId, 'team');
  if (!inChannel) {
    showEphemeral({ world, team }, to.channelId, to.userId, content, threadTs);
    return;
  }
  const thread = threadTs !== '' && { thread_ts: threadTs };
  publish(world, { ...botMessage({ world, team }, to.channelId), ...content, ...thread });
}

function currentVersion(world: World, { channel, ts }: PeerMessage): PeerMessage | undefined {
  const key = messageKey(channel, ts);
  return world.messages.get(key) ?? world.ephemerals.get(key);
}

function remove(world: World, message: PeerMessage): void {
  if (message.ephemeral_to === undefined) unpublish(world, message);
  else world.ephemerals.delete(messageKey(message.channel, message.ts));
}

function replace(world: World, message: PeerMessage, content: Pick<PeerMessage, 'text' | 'blocks'>): void {
  const changed = { ...message, ...content };
  if (message.ephemeral_to !== undefined) world.ephemerals.set(messageKey(message.channel, message.ts), changed);
  else edit(world, message, { ...changed, edited: { user: message.user, ts: world.nextTs() } });
}
