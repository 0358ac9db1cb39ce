import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ConversationStore } from '../../src/ports/conversation-store.ts';
import type { InstallationStore } from '../../src/ports/installation-store.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Destination } from '../../src/ports/outbox.ts';
import type { PlaceStore } from '../../src/ports/place-store.ts';
import type { PreferenceStore } from '../../src/ports/preference-store.ts';
import type { Bot } from '../../src/service/bot.ts';
import type { SlackConfig } from '../config.ts';
import type { Workspaces } from '../configured-workspaces.ts';
import { Afterwards } from './afterwards.ts';
import { SlackDestination } from './deliver.ts';
import { Groups } from './groups.ts';
import { Installations } from './installations.ts';
import type { IntakeParts } from './intake.ts';
import { listenForCommands } from './intake-commands.ts';
import { listenForForms } from './intake-forms.ts';
import { listenForHome } from './intake-home.ts';
import { listenForRemovals } from './intake-lifecycle.ts';
import { listenForPresses } from './intake-presses.ts';
import { listenForSettings } from './intake-settings.ts';
import { listenForShortcuts } from './intake-shortcuts.ts';
import { listenForTexts } from './intake-texts.ts';
import { boltLogger } from './logger.ts';
import { oauthRoutes } from './oauth.ts';
import { Pace } from './pace.ts';
import { People } from './people.ts';
import { createApp } from './receiver.ts';
import type { ExpandKey } from './rich-text.ts';
import { createTransport, type SlackRoute } from './transport.ts';
import { SlackWeb, webOptions } from './web.ts';

export interface SlackParts {
  readonly config: SlackConfig;
  readonly bot: Bot;
  readonly store: ConversationStore;
  readonly places: PlaceStore;
  readonly workspaces: Workspaces;
  readonly preferences: PreferenceStore;
  /** Where the teams' tokens are kept; used with OAuth only. */
  readonly installations: () => InstallationStore;
  readonly knowledge: () => Knowledge;
  readonly expandKey: ExpandKey;
  readonly clock: Clock;
  readonly log: Log;
}

export interface Slack {
  readonly destination: Destination;
  /** For the process's one HTTP server. */
  readonly routes: readonly SlackRoute[];
  start(): Promise<void>;
  /** Takes nothing more, and resolves when what was begun is done. */
  stop(): Promise<void>;
  /** Whether Slack can reach us. */
  ready(): boolean;
}

const slackUrl = 'https://slack.com';
const authorizePath = '/oauth/v2/authorize';

/** Wires Slack: intake and deliveries, over Socket Mode or signed HTTP. Nothing is sent or received before `start`. */
export async function createSlack({ config, clock, installations: open, ...rest }: SlackParts): Promise<Slack> {
  const { tenancy, apiUrl } = config;
  const { log, knowledge } = rest;
  const logger = boltLogger(log);
  const options = webOptions(apiUrl, logger);
  const installations = tenancy.kind === 'oauth' ? new Installations(open(), tenancy, options, clock) : undefined;
  const web = new SlackWeb(
    (id) => (tenancy.kind === 'token' ? Promise.resolve(tenancy.botToken) : installations?.tokenOf(id)),
    options,
  );
  const afterwards = new Afterwards(log);
  const parts: IntakeParts = {
    ...rest,
    clock,
    web,
    afterwards,
    people: new People(web, clock, log),
    groups: new Groups(web, clock, afterwards, log),
  };
  const transport = createTransport(config.transport, options, logger);
  const app = createApp(transport.receiver, logger);
  const intakes = [
    listenForCommands,
    listenForPresses,
    listenForForms,
    listenForTexts,
    listenForShortcuts,
    listenForHome,
    listenForSettings,
  ];
  for (const listen of intakes) listen(app, parts);
  const pages: SlackRoute[] = [];
  if (tenancy.kind === 'oauth' && installations !== undefined) {
    listenForRemovals(app, installations, log);
    const authorizationUrl = new URL(authorizePath, apiUrl ?? slackUrl).href;
    pages.push(...oauthRoutes({ ...tenancy, installations, authorizationUrl, knowledge, clock, log }));
  }
  return {
    destination: new SlackDestination({ ...rest, web, pace: new Pace(clock) }),
    routes: [...transport.routes, ...pages],
    start: transport.start,
    async stop() {
      await transport.stop();
      await afterwards.settled();
    },
    ready: transport.ready,
  };
}
