import { requireRoute, routeKey } from './faults.ts';
import type { Call } from './http-server.ts';
import type { JsonObject } from './json.ts';
import type { PeerMessage } from './messages.ts';
import type { OpenModal } from './modal-input.ts';
import { isEphemeral } from './person.ts';
import type { PeerState } from './state.ts';
import type { PeerGuild, Thread } from './world.ts';

/** What a test may ask about the state of the peer. Names that do not exist throw. */
export interface Inspection {
  guild(name?: string): PeerGuild;
  /** The id of a text channel by its name. */
  channel(name: string, guildName?: string): string;
  role(name: string): string;
  /** What everybody in a channel sees, oldest first. */
  messages(channelId: string): readonly PeerMessage[];
  /** What one person alone sees in a channel. */
  ephemeral(channelId: string, personId: string): readonly PeerMessage[];
  threads(channelId: string): readonly Thread[];
  threadMembers(threadId: string): readonly string[];
  /** Registered commands: the global ones, or those of one guild. */
  commands(guildName?: string): readonly JsonObject[];
  modals(personId: string): readonly OpenModal[];
  calls(route?: string): readonly Call[];
}

/** `modals` is kept by the people, `calls` by the server; the rest is read from the state. */
export function inspect(
  state: PeerState,
  calls: readonly Call[],
  routeNames: readonly string[],
  modals: ReadonlyMap<string, readonly OpenModal[]>,
): Inspection {
  const { world } = state;
  const inChannel = (channelId: string): readonly PeerMessage[] =>
    [...world.messages.values()].filter((message) => message.channel_id === channelId);
  return {
    guild: (name) => guildNamed(state, name),
    channel(name, guildName) {
      const guild = guildNamed(state, guildName);
      const found = [...world.channels.values()].find(
        (one) => one.type === 0 && one.guild_id === guild.id && one.name === name,
      );
      if (found === undefined) throw new Error(`no channel ${name} in ${guild.name}`);
      return found.id;
    },
    role: (name) => roleId(state, name),
    messages: (channelId) => inChannel(channelId).filter((message) => !isEphemeral(message)),
    ephemeral: (channelId, personId) =>
      inChannel(channelId).filter(({ id }) => world.visibleOnlyTo.get(id) === personId),
    threads: (channelId) =>
      [...world.channels.values()].filter(
        (channel): channel is Thread => (channel.type === 11 || channel.type === 12) && channel.parent_id === channelId,
      ),
    threadMembers: (threadId) => [...(world.threadMembers.get(threadId) ?? [])],
    commands(guildName) {
      const scope = guildName === undefined ? undefined : guildNamed(state, guildName).id;
      return [...state.commands.values()].filter((command) => command.guild_id === scope);
    },
    modals: (personId) => modals.get(personId) ?? [],
    calls(route) {
      if (route === undefined) return calls;
      const key = requireRoute(routeNames, route);
      return calls.filter((call) => routeKey(call.route) === key);
    },
  };
}

function guildNamed(state: PeerState, name?: string): PeerGuild {
  const guild = [...state.world.guilds.values()].find((one) => name === undefined || one.name === name);
  if (guild === undefined) throw new Error(`no guild ${name}`);
  return guild;
}

/** The id of the first role of that name in any guild. */
export function roleId(state: PeerState, name: string): string {
  const roles = [...state.world.guilds.values()].flatMap((guild) => guild.roles);
  const role = roles.find((one) => one.name === name);
  if (role === undefined) throw new Error(`no role ${name}; there are: ${roles.map((one) => one.name)}`);
  return role.id;
}
