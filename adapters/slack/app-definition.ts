/** What the app is in Slack's eyes. The intake listens for it, the install page asks for it, the manifest is generated from it. */
export const appName = 'Licence Desk';
export const commandNames = ['/licence', '/license'] as const;
export const diagnoseShortcut = 'diagnose';

/**
 * The least that works. `channels:read` tells whether the help desk can read a thread, `files:read` reads a pasted file,
 * `users:read` a person's language and whether they administer, `usergroups:read` who is in the groups that make up the help desk.
 */
export const botScopes = [
  'app_mentions:read',
  'channels:history',
  'channels:read',
  'chat:write',
  'commands',
  'files:read',
  'groups:history',
  'im:history',
  'im:write',
  'usergroups:read',
  'users:read',
] as const;

export const botEvents = [
  'app_home_opened',
  'app_mention',
  'app_uninstalled',
  'message.channels',
  'message.groups',
  'message.im',
  'tokens_revoked',
] as const;

export const eventsPath = '/slack/events';
export const installPath = '/slack/install';
export const redirectPath = '/slack/oauth_redirect';
