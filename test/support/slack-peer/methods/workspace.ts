import { randomBytes } from 'node:crypto';
import { SlackError } from '../errors.ts';
import { LIMITS } from '../limits.ts';
import { known, type Team, type World } from '../world.ts';
import { type Methods, required } from './method.ts';

/** The methods about the app, its tokens, people and files. */
export const workspaceMethods: Methods = {
  'auth.test': {
    auth: 'bot',
    run({ world, team }) {
      const by = { user: 'licence-desk', user_id: team.botUserId, bot_id: team.botId, app_id: world.app.id };
      const url = `https://${team.domain}.slack.com/`;
      const organisation = team.enterpriseId !== undefined && { enterprise_id: team.enterpriseId };
      return { url, team: team.domain, team_id: team.id, ...organisation, ...by, is_enterprise_install: false };
    },
  },
  'auth.revoke': {
    auth: 'bot',
    run({ world, token }) {
      known(world.grants, token, 'token').revoked = true;
      return { revoked: true };
    },
  },
  'users.info': {
    ...{ auth: 'bot', scope: () => 'users:read' },
    run({ world, team, args }) {
      const user = world.users.get(required(args, 'user'));
      if (user?.teamId !== team.id) throw new SlackError('user_not_found');
      const { id, name } = user;
      const locale = String(args.include_locale) === 'true' && { locale: user.locale };
      const team_id = user.home?.teamId ?? team.id;
      const organisation = user.home === undefined ? team.enterpriseId : user.home.enterpriseId;
      const profile = { real_name: name, display_name: name, team: team_id };
      const base = { id, team_id, name, real_name: name, deleted: false, is_bot: false, tz: 'Asia/Tokyo' };
      const rights = { is_admin: user.isAdmin === true, is_owner: false, is_restricted: user.isGuest === true };
      const enterprise = organisation !== undefined && { enterprise_user: { id, enterprise_id: organisation } };
      return { user: { ...base, ...rights, tz_offset: 32_400, profile, ...locale, ...enterprise } };
    },
  },
  'usergroups.list': {
    ...{ auth: 'bot', scope: () => 'usergroups:read' },
    run: ({ team }) => ({
      usergroups: team.groups.map(({ id, name, handle }) => ({
        ...{ id, name, handle, team_id: team.id, is_usergroup: true, is_external: false, date_delete: 0 },
      })),
    }),
  },
  'usergroups.users.list': {
    ...{ auth: 'bot', scope: () => 'usergroups:read' },
    run({ team, args }) {
      const group = team.groups.find(({ id }) => id === required(args, 'usergroup'));
      if (group === undefined) throw new SlackError('no_such_subteam');
      return { users: group.users };
    },
  },
  'files.info': {
    ...{ auth: 'bot', scope: () => 'files:read' },
    run({ world, team, args }) {
      const file = world.files.get(required(args, 'file'));
      if (file?.teamId !== team.id) throw new SlackError('file_not_found');
      return { file: file.meta };
    },
  },
  'oauth.v2.access': {
    auth: 'none',
    run({ world, args }) {
      if (args.client_id !== world.app.clientId) throw new SlackError('invalid_client_id');
      if (args.client_secret !== world.app.clientSecret) throw new SlackError('bad_client_secret');
      const refreshing = args.grant_type === 'refresh_token';
      const code = world.codes.get(required(args, refreshing ? 'refresh_token' : 'code'));
      if (!code) throw new SlackError('invalid_code');
      if (code.used) throw new SlackError('code_already_used');
      code.used = true;
      const team = known(world.teams, code.teamId, 'team');
      grantBotToken(world, team.id);
      const rotation = team.rotates && issueRotation(world, team.id);
      const [firstUser] = [...world.users.values()].filter((user) => user.teamId === team.id);
      return {
        ...{ app_id: world.app.id, authed_user: { id: firstUser?.id }, scope: team.scopes.join(',') },
        ...{ token_type: 'bot', access_token: team.botToken, bot_user_id: team.botUserId },
        ...installed(team),
        ...rotation,
      };
    },
  },
};

/** Where the app was installed: in the team, or in its whole organisation. */
function installed({ id, domain, enterpriseId, orgWide }: Team) {
  return {
    team: orgWide ? null : { id, name: domain },
    enterprise: enterpriseId === undefined ? null : { id: enterpriseId, name: enterpriseId },
    is_enterprise_install: orgWide,
  };
}

/** A token that ends after twelve hours, and the one that is good for the next, once. */
function issueRotation(world: World, teamId: string) {
  const refresh = `xoxe-1-${randomBytes(8).toString('hex')}`;
  const token = `xoxe.xoxb-${randomBytes(8).toString('hex')}`;
  world.codes.set(refresh, { teamId, used: false });
  const { scopes } = known(world.teams, teamId, 'team');
  world.grants.set(token, { kind: 'bot', teamId, scopes, revoked: false });
  return { access_token: token, refresh_token: refresh, expires_in: 43_200 };
}

/** Makes the team's bot token valid, as installing the app does. */
export function grantBotToken(world: World, teamId: string): void {
  const { botToken, scopes } = known(world.teams, teamId, 'team');
  world.grants.set(botToken, { kind: 'bot', teamId, scopes, revoked: false });
}

/** `apps.connections.open`; `issueTicket` and `count` belong to the Socket Mode server. */
export function socketMethods(issueTicket: (ticket: string) => void, count: () => number): Methods {
  return {
    'apps.connections.open': {
      auth: 'app',
      run({ world }) {
        if (count() >= LIMITS.socketConnections) throw new SlackError('too_many_websockets');
        const ticket = randomBytes(12).toString('hex');
        issueTicket(ticket);
        return { url: `${world.baseUrl.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${world.app.id}` };
      },
    },
  };
}
