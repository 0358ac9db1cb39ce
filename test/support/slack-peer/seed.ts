import { grantBotToken } from './methods/workspace.ts';
import type { User, UserGroup, World } from './world.ts';

/** A team to put into this Slack. Ids of people and channels are unique over all teams. */
export interface TeamSeed {
  readonly id: string;
  readonly domain: string;
  readonly enterpriseId?: string;
  /** Whether the app is installed in the whole organisation, and not in the team. */
  readonly orgWide?: boolean;
  readonly botToken: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly scopes: readonly string[];
  /** Whether the app is there already; otherwise its token is valid only after `oauth.v2.access`. */
  readonly installed: boolean;
  /** Whether its tokens end after twelve hours and are exchanged. */
  readonly rotates?: boolean;
  readonly users: readonly Omit<User, 'teamId'>[];
  readonly groups?: readonly UserGroup[];
  /** Every person of the team is in every channel, unless `members` says otherwise. */
  readonly channels: readonly {
    readonly id: string;
    readonly name: string;
    readonly kind?: 'channel' | 'group';
    readonly hasBot?: boolean;
    readonly isArchived?: boolean;
    readonly members?: readonly string[];
  }[];
}

/** T1 with three people, the bot in C1 and in the private C4, not in C2, and C3 archived. */
export const DEFAULT_TEAM: TeamSeed = {
  id: 'T1',
  domain: 'contoso',
  botToken: 'xoxb-t1-peer',
  botUserId: 'UBOT1',
  botId: 'B1',
  scopes: [
    ...['chat:write', 'commands', 'app_mentions:read', 'channels:history', 'groups:history', 'im:history', 'im:write'],
    ...['channels:read', 'groups:read', 'im:read', 'channels:join', 'users:read', 'files:read', 'usergroups:read'],
  ],
  installed: true,
  users: [
    { id: 'U1', name: 'ada', locale: 'en-US' },
    { id: 'U2', name: 'hanako', locale: 'ja-JP' },
    { id: 'U3', name: 'grace', locale: 'en-GB', isAdmin: true },
  ],
  channels: [
    { id: 'C1', name: 'help-desk', hasBot: true },
    { id: 'C2', name: 'random' },
    { id: 'C3', name: 'old', hasBot: true, isArchived: true },
    { id: 'C4', name: 'agents', kind: 'group', hasBot: true },
  ],
};

/** T2 beside it: its own token, one person, one channel. */
export const SECOND_TEAM: TeamSeed = {
  ...DEFAULT_TEAM,
  ...{ id: 'T2', domain: 'fabrikam', botToken: 'xoxb-t2-peer', botUserId: 'UBOT2', botId: 'B2' },
  users: [{ id: 'U21', name: 'jiro', locale: 'ja-JP' }],
  channels: [{ id: 'C21', name: 'it', hasBot: true }],
};

/** Adds a team. Throws when an id is taken. */
export function addTeam(world: World, seed: TeamSeed): void {
  const { id, domain, botToken, botUserId, botId, scopes } = seed;
  const taken = [
    ...seed.users.filter((user) => world.users.has(user.id)),
    ...seed.channels.filter((c) => world.channels.has(c.id)),
  ];
  if (world.teams.has(id) || taken.length > 0) throw new Error(`Ids are taken: ${id} ${taken.map((each) => each.id)}`);
  world.teams.set(id, {
    id,
    domain,
    botToken,
    botUserId,
    botId,
    scopes,
    rotates: seed.rotates ?? false,
    orgWide: seed.orgWide ?? false,
    groups: seed.groups ?? [],
    ...(seed.enterpriseId !== undefined && { enterpriseId: seed.enterpriseId }),
  });
  for (const user of seed.users) world.users.set(user.id, { ...user, teamId: id });
  for (const { kind = 'channel', hasBot = false, isArchived = false, members, ...channel } of seed.channels) {
    const inside = new Set(members ?? seed.users.map((user) => user.id));
    world.channels.set(channel.id, { ...channel, teamId: id, kind, hasBot, isArchived, members: inside });
  }
  if (seed.installed) grantBotToken(world, id);
}
