import type { IncomingMessage, ServerResponse } from 'node:http';
import { HTTPReceiver } from '@slack/bolt';
import type { Knowledge } from '../../src/knowledge/knowledge.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { ConversationStore } from '../../src/ports/conversation-store.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Destination } from '../../src/ports/outbox.ts';
import type { PlaceStore } from '../../src/ports/place-store.ts';
import type { Bot } from '../../src/service/bot.ts';
import { Afterwards } from './afterwards.ts';
import { SlackDestination } from './deliver.ts';
import type { IntakeParts } from './intake.ts';
import { listenForCommands } from './intake-commands.ts';
import { listenForForms } from './intake-forms.ts';
import { listenForPresses } from './intake-presses.ts';
import { listenForShortcuts } from './intake-shortcuts.ts';
import { listenForTexts } from './intake-texts.ts';
import { boltLogger } from './logger.ts';
import { Pace } from './pace.ts';
import { People } from './people.ts';
import { CommitFirstSocket, createApp } from './receiver.ts';
import type { ExpandKey } from './rich-text.ts';
import { SlackWeb, webOptions } from './web.ts';

export interface SlackSettings {
  readonly transport:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string };
  readonly tenancy: { readonly kind: 'token'; readonly botToken: string };
  readonly apiUrl: string | undefined;
}

export interface SlackParts {
  readonly config: SlackSettings;
  readonly bot: Bot;
  readonly store: ConversationStore;
  readonly places: PlaceStore;
  readonly knowledge: () => Knowledge;
  readonly expandKey: ExpandKey;
  readonly clock: Clock;
  readonly log: Log;
}

/** A page or endpoint for the process's one HTTP server. */
export interface SlackRoute {
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse): void;
}

export interface Slack {
  readonly destination: Destination;
  readonly routes: readonly SlackRoute[];
  start(): Promise<void>;
  /** Takes nothing more, and resolves when what was begun is done. */
  stop(): Promise<void>;
  /** Whether Slack can reach us. */
  ready(): boolean;
}

/** Wires Slack: intake and deliveries, over Socket Mode or signed HTTP. Nothing is sent or received before `start`. */
export async function createSlack({ config, clock, ...rest }: SlackParts): Promise<Slack> {
  const logger = boltLogger(rest.log);
  const options = webOptions(config.apiUrl, logger);
  const web = new SlackWeb(async () => config.tenancy.botToken, options);
  const afterwards = new Afterwards(rest.log);
  const parts: IntakeParts = { ...rest, web, afterwards, people: new People(web, clock) };
  const { receiver, ...transport } = createTransport(config, options);
  const app = createApp(receiver, logger);
  listenForCommands(app, parts);
  listenForPresses(app, parts);
  listenForForms(app, parts);
  listenForTexts(app, parts);
  listenForShortcuts(app, parts);
  return {
    ...transport,
    destination: new SlackDestination({ ...rest, web, pace: new Pace(clock) }),
    async stop() {
      await transport.stop();
      await afterwards.settled();
    },
  };
}

type Transport = Pick<Slack, 'routes' | 'start' | 'stop' | 'ready'> & {
  readonly receiver: CommitFirstSocket | HTTPReceiver;
};

function createTransport({ transport }: SlackSettings, options: ReturnType<typeof webOptions>): Transport {
  let ready = false;
  if (transport.kind === 'http') {
    const receiver = new HTTPReceiver({
      signingSecret: transport.signingSecret,
      processBeforeResponse: true,
      ...(options.logger === undefined ? {} : { logger: options.logger }),
    });
    return {
      receiver,
      routes: [{ path: '/slack/events', handle: (request, response) => receiver.requestListener(request, response) }],
      start: async () => {
        ready = true;
      },
      stop: async () => {
        ready = false;
      },
      ready: () => ready,
    };
  }
  const receiver = new CommitFirstSocket({
    appToken: transport.appToken,
    installerOptions: { clientOptions: options },
    ...(options.logger === undefined ? {} : { logger: options.logger }),
  });
  receiver.client.on('connected', () => {
    ready = true;
  });
  receiver.client.on('disconnected', () => {
    ready = false;
  });
  return {
    receiver,
    routes: [],
    start: async () => {
      await receiver.start();
    },
    stop: async () => {
      await receiver.stop();
    },
    ready: () => ready,
  };
}
