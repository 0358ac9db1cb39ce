import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { Log } from '../../src/ports/log.ts';

/** A page or endpoint at exactly this path, whatever the method. */
export interface Route {
  readonly path: string;
  handle(request: IncomingMessage, response: ServerResponse): void;
}

export interface HttpServerParts {
  /** 0 takes any free port. */
  readonly port: number;
  /** Every address of the machine when it is missing. */
  readonly host?: string;
  readonly routes: readonly Route[];
  /** Whether the process can take work. */
  readonly ready: () => boolean | Promise<boolean>;
  /** The metrics in the Prometheus text format. */
  readonly metrics: () => Promise<string>;
  readonly log: Log;
}

export interface HttpServer {
  readonly port: number;
  /** Takes no new request, and resolves when those under way are answered. */
  close(): Promise<void>;
}

const Address = z.object({ port: z.number() });

/** The one HTTP server of the process: health, metrics, and what the platforms and desks bring. Rejects when the port is taken. */
export async function createHttpServer(parts: HttpServerParts): Promise<HttpServer> {
  const routes = new Map([...ownRoutes(parts), ...parts.routes].map((route) => [route.path, route]));
  const server = createServer((request, response) => {
    const route = routes.get(pathOf(request));
    if (route === undefined) return answer(response, 404, 'not found');
    try {
      route.handle(request, response);
    } catch (error) {
      parts.log.error({ path: route.path, error: String(error) }, 'http: request failed');
      if (!response.headersSent) answer(response, 500, 'failed');
    }
  });
  server.listen(parts.port, parts.host);
  await once(server, 'listening');
  return {
    port: Address.parse(server.address()).port,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeIdleConnections();
      await closed;
    },
  };
}

function ownRoutes({ ready, metrics, log }: HttpServerParts): readonly Route[] {
  return [
    { path: '/healthz', handle: (_, response) => answer(response, 200, 'ok') },
    {
      path: '/readyz',
      handle(_, response) {
        Promise.resolve(ready()).then(
          (isReady) => (isReady ? answer(response, 200, 'ready') : answer(response, 503, 'not ready')),
          (error: unknown) => {
            log.warn({ error: String(error) }, 'http: readiness unknown');
            answer(response, 503, 'not ready');
          },
        );
      },
    },
    {
      path: '/metrics',
      handle(_, response) {
        metrics().then(
          (text) => answer(response, 200, text, 'text/plain; version=0.0.4; charset=utf-8'),
          (error: unknown) => {
            log.warn({ error: String(error) }, 'http: no metrics');
            answer(response, 503, 'no metrics');
          },
        );
      },
    },
  ];
}

/** The path without its query. A target that is no path (`*`, a full address) is nobody's. */
function pathOf({ url = '' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '';
}

function answer(response: ServerResponse, status: number, body: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type });
  response.end(`${body}\n`);
}
