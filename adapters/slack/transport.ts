import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AppOptions, Logger, webApi } from '@slack/bolt';
import type { SlackConfig } from '../config.ts';
import { eventsPath } from './app-definition.ts';
import { CommitFirstHttp, CommitFirstSocket, SocketGroup } from './receiver.ts';
import { onlySigned } from './signed-requests.ts';

/** A page or endpoint for the process's one HTTP server. */
export interface SlackRoute {
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse): void;
}

/** How Slack reaches us. */
export interface Transport {
  readonly receiver: NonNullable<AppOptions['receiver']>;
  readonly routes: readonly SlackRoute[];
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Whether Slack can reach us. */
  ready(): boolean;
}

/**
 * Two sockets overlap when Slack rotates one, which takes `@slack/socket-mode` 3.1 five to twelve seconds
 * (https://github.com/slackapi/node-slack-sdk/releases, fixed in 3.2).
 */
const sockets = 2;

export function createTransport(
  transport: SlackConfig['transport'],
  options: webApi.WebClientOptions,
  logger: Logger,
): Transport {
  return transport.kind === 'http'
    ? overHttp(transport.signingSecret, logger)
    : overSockets(transport.appToken, options, logger);
}

function overHttp(signingSecret: string, logger: Logger): Transport {
  const receiver = new CommitFirstHttp({ signingSecret, signatureVerification: false, logger });
  const handle = onlySigned(signingSecret, logger, (request, response) => receiver.requestListener(request, response));
  let started = false;
  return {
    receiver,
    routes: [{ path: eventsPath, handle }],
    start: async () => {
      started = true;
    },
    stop: async () => {
      started = false;
    },
    ready: () => started,
  };
}

function overSockets(appToken: string, clientOptions: webApi.WebClientOptions, logger: Logger): Transport {
  const connected = new Set<number>();
  const group = Array.from({ length: sockets }, (_, index) => {
    const socket = new CommitFirstSocket({ appToken, logger, installerOptions: { clientOptions } });
    socket.client.on('connected', () => connected.add(index));
    for (const end of ['reconnecting', 'disconnected']) socket.client.on(end, () => connected.delete(index));
    return socket;
  });
  const receiver = new SocketGroup(group);
  return {
    receiver,
    routes: [],
    start: () => receiver.start(),
    stop: () => receiver.stop(),
    ready: () => connected.size > 0,
  };
}
