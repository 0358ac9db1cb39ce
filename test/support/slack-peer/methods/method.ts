import { SlackError } from '../errors.ts';
import { type Json, word } from '../json.ts';
import { type Channel, known, type Team, type World } from '../world.ts';

/** One Web API request after authentication. */
export interface Request {
  readonly world: World;
  readonly team: Team;
  readonly token: string;
  readonly args: Json;
}

/** A Web API method. `scope` is what the bot token needs; `auth` says which kind of token, `none` when none is needed. */
export interface Method {
  readonly auth: 'bot' | 'app' | 'none';
  readonly scope?: (request: Request) => string;
  run(request: Request): Json;
}

/** The methods of one family by name. */
export type Methods = Readonly<Record<string, Method>>;

/** The argument, or `invalid_arguments` when it is missing. */
export function required(args: Json, name: string): string {
  const value = word(args[name]);
  if (value === '') {
    const messages = [`[ERROR] missing required field: ${name}`];
    throw new SlackError('invalid_arguments', { response_metadata: { messages } });
  }
  return value;
}

/** The channel of that id in the caller's team; a person's id means the direct messages with them. */
export function channelOf({ world, team }: Request, id: string): Channel {
  if (world.users.get(id)?.teamId === team.id) return directMessages(world, id);
  const channel = world.channels.get(id);
  if (channel?.teamId !== team.id) throw new SlackError('channel_not_found');
  return channel;
}

/** The channel of that id when the bot may post there. Throws `not_in_channel` or `is_archived`. */
export function postableChannel(request: Request, id: string): Channel {
  const channel = channelOf(request, id);
  if (channel.kind === 'group' && !channel.hasBot) throw new SlackError('channel_not_found');
  if (!channel.hasBot) throw new SlackError('not_in_channel');
  if (channel.isArchived) throw new SlackError('is_archived');
  return channel;
}

/** The direct messages between the bot and a person, opened when they are not yet. */
export function directMessages(world: World, userId: string): Channel {
  const id = `D${userId.slice(1)}`;
  const { teamId } = known(world.users, userId, 'user');
  const open = world.channels.get(id);
  if (open) return open;
  const members = new Set([userId]);
  const channel: Channel = { id, teamId, name: '', kind: 'im', members, isArchived: false, hasBot: true };
  world.channels.set(id, channel);
  return channel;
}
