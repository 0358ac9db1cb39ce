import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ApiError, refusals } from './api-error.ts';
import { type Fault, type FaultQueue, faultError } from './faults.ts';
import type { Journal } from './journal.ts';
import { isObject, type JsonObject } from './json.ts';
import type { RateLimits } from './rate-limits.ts';
import type { SpecCheck } from './spec-check.ts';
import type { PeerFile } from './world.ts';

export interface ApiRequest {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The JSON body, or the `payload_json` of a multipart one; `{}` without a body. */
  readonly body: JsonObject;
  /** The body as it came, for the one route that takes an array. */
  readonly rawBody: unknown;
  readonly files: readonly PeerFile[];
}

export interface ApiReply {
  readonly status: number;
  readonly body?: unknown;
}

/** One REST route. Parameters are named as in Discord's OpenAPI document, so that it finds the schema. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** `interaction`: the token in the path is the authority and no bot token is asked for. */
  readonly auth: 'bot' | 'interaction';
  handle(request: ApiRequest): ApiReply;
}

/** One request as the peer saw it. `status` is 0 where the connection was cut instead of answered. */
export interface Call {
  readonly route: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: string;
  readonly body: JsonObject;
  readonly rawBody: unknown;
  readonly files: readonly PeerFile[];
  readonly status: number;
  readonly response: unknown;
  readonly at: number;
}

export interface HttpOptions {
  readonly token: string;
  readonly routes: readonly Route[];
  readonly faults: FaultQueue;
  readonly limits: RateLimits;
  readonly spec: SpecCheck;
  readonly journal: Journal;
  readonly calls: Call[];
  readonly downloads: ReadonlyMap<string, PeerFile>;
  now(): number;
}

export function createHttpServer(options: HttpOptions): Server {
  return createServer((request, response) => {
    serve(options, request, response).catch((cause: unknown) => {
      options.journal.note(`peer failed: ${cause instanceof Error ? cause.stack : String(cause)}`);
      if (!response.headersSent) reply(response, 500, { message: String(cause), code: 0 });
    });
  });
}

async function serve(options: HttpOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const file = options.downloads.get(url.pathname);
  if (file !== undefined) return void response.writeHead(200, { 'content-type': file.contentType }).end(file.bytes);
  const path = url.pathname.replace(/^\/api(\/v10)?/, '');
  const found = findRoute(options.routes, request.method ?? 'GET', path);
  const route = found === undefined ? `${request.method} ${path}` : routeName(found.route);
  const fault = options.faults.take(route);
  const read = await readBody(request);
  const given: ApiRequest = { params: found?.params ?? {}, query: url.searchParams, ...read };
  const early = fault !== undefined && !fault.kind.endsWith('-after-commit');
  const outcome = early
    ? failure(faultError(fault))
    : answer(options, found?.route, given, request.headers.authorization);
  const { status, body, headers } = fault === undefined || early ? outcome : failure(faultError(fault));
  const { params, query, rawBody, files } = given;
  options.calls.push({
    route,
    path,
    params,
    query: query.toString(),
    body: given.body,
    rawBody,
    files,
    status,
    response: body,
    at: options.now(),
  });
  options.journal.note(`${route} ${status}${status >= 400 ? ` ${JSON.stringify(body)}` : ''}`);
  if (isReset(fault)) request.socket.destroy();
  else if (fault?.kind !== 'hang') reply(response, status, body, headers);
}

interface Outcome {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

function answer(
  options: HttpOptions,
  route: Route | undefined,
  request: ApiRequest,
  authorization: string | undefined,
): Outcome {
  try {
    if (route === undefined) throw refusals.notFound();
    if (route.auth === 'bot' && authorization !== `Bot ${options.token}`) throw refusals.unauthorized();
    const headers = options.limits.take(routeName(route), Object.values(request.params)[0] ?? '');
    const schemaPath = route.path.replaceAll(/:(\w+)/g, '{$1}');
    const problems =
      request.rawBody === undefined ? [] : options.spec.problemsIn(route.method, schemaPath, request.rawBody);
    if (problems.length > 0) throw refusals.invalidBody(problems);
    const { status, body } = route.handle(request);
    return { status, body, headers };
  } catch (error) {
    if (error instanceof ApiError) return failure(error);
    throw error;
  }
}

function failure(error: ApiError | undefined): Outcome {
  if (error === undefined) return { status: 0, body: undefined, headers: {} };
  return { status: error.status, body: error.toBody(), headers: error.headers };
}

function isReset(fault: Fault | undefined): boolean {
  return fault?.kind === 'reset-before-commit' || fault?.kind === 'reset-after-commit';
}

export function routeName(route: Route): string {
  return `${route.method} ${route.path}`;
}

function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly params: Readonly<Record<string, string>> } | undefined {
  for (const route of routes) {
    if (route.method !== method) continue;
    const match = new RegExp(`^${route.path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`).exec(path);
    if (match !== null) return { route, params: { ...match.groups } };
  }
  return undefined;
}

async function readBody(request: IncomingMessage): Promise<Pick<ApiRequest, 'body' | 'rawBody' | 'files'>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { body: {}, rawBody: undefined, files: [] };
  if (!type.startsWith('multipart/form-data')) {
    const rawBody: unknown = JSON.parse(bytes.toString());
    return { body: isObject(rawBody) ? rawBody : {}, rawBody, files: [] };
  }
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const payload = form.get('payload_json');
  const rawBody: unknown = typeof payload === 'string' ? JSON.parse(payload) : {};
  const parts = [...form.entries()].flatMap(([, part]) => (typeof part === 'string' ? [] : [part]));
  const files = await Promise.all(
    parts.map(async (part) => ({
      name: part.name,
      contentType: part.type || 'application/octet-stream',
      bytes: new Uint8Array(await part.arrayBuffer()),
    })),
  );
  return { body: isObject(rawBody) ? rawBody : {}, rawBody, files };
}

function reply(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (body === undefined) return void response.writeHead(status, headers).end();
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
