import { stringify } from 'yaml';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Phrase } from '../../src/knowledge/schema/phrases.ts';
import { Words } from '../../src/message/phrases.ts';
import {
  appName,
  botEvents,
  botScopes,
  commandNames,
  diagnoseShortcut,
  eventsPath,
  redirectPath,
} from './app-definition.ts';

/** The manifest as Slack's page takes it. */
export function manifestYaml(knowledge: Knowledge, publicUrl?: string): string {
  return stringify(slackManifest(knowledge, publicUrl), { lineWidth: 0 });
}

/**
 * The app as Slack is told of it (https://docs.slack.dev/reference/app-manifest). With a public URL it is reached over HTTP
 * and may be installed by many workspaces; without one over Socket Mode.
 */
export function slackManifest(knowledge: Knowledge, publicUrl?: string): object {
  // Slack knows no languages here: both stand side by side.
  const both = (phrase: Phrase) =>
    `${new Words(knowledge, 'en').label(phrase)} / ${new Words(knowledge, 'ja').label(phrase)}`;
  const english = (phrase: Phrase) => new Words(knowledge, 'en').label(phrase);
  const events = publicUrl === undefined ? {} : { request_url: `${publicUrl}${eventsPath}` };
  const commandUrl = publicUrl === undefined ? {} : { url: `${publicUrl}${eventsPath}` };
  return {
    display_information: { name: appName, description: english('install-says') },
    features: {
      app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
      bot_user: { display_name: appName, always_online: true },
      shortcuts: [
        {
          name: english('command-diagnose-name'),
          type: 'message',
          callback_id: diagnoseShortcut,
          description: both('command-lookup-says'),
        },
      ],
      slash_commands: commandNames.map((command) => ({
        command,
        description: both('command-lookup-says'),
        usage_hint: both('command-query-says'),
        should_escape: false,
        ...commandUrl,
      })),
    },
    oauth_config: {
      ...(publicUrl === undefined ? {} : { redirect_urls: [`${publicUrl}${redirectPath}`] }),
      scopes: { bot: [...botScopes] },
    },
    settings: {
      event_subscriptions: { ...events, bot_events: [...botEvents] },
      interactivity: { is_enabled: true, ...events },
      org_deploy_enabled: publicUrl !== undefined,
      socket_mode_enabled: publicUrl === undefined,
      token_rotation_enabled: false,
    },
  };
}
