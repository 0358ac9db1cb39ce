import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import type { Json } from './json.ts';
import { answerResponseUrl } from './response-url.ts';
import { type Answer, readArgs, type WebApi } from './web-api.ts';
import type { World } from './world.ts';

/**
 * Creates the HTTP side: `/api/<method>`, response_urls, `/files-pri/…` (needs the bearer token) and
 * `/oauth/v2/authorize`, where a person who follows an install link consents for the team in `?team=`.
 */
export function createHttpServer(world: World, webApi: WebApi): Server {
  return createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://peer');
    const args = readArgs(request.headers['content-type'] ?? '', await readText(request));
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    if (url.pathname.startsWith('/api/')) {
      return send(request, response, await webApi(url.pathname.slice('/api/'.length), token, withQuery(url, args)));
    }
    if (/^\/(commands|actions|app)\//.test(url.pathname)) {
      return send(request, response, answerResponseUrl(world, url.pathname, args));
    }
    if (url.pathname.startsWith('/files-pri/')) return sendFile(world, url.pathname, token, response);
    if (url.pathname === '/oauth/v2/authorize') return sendBack(world, url, response);
    response.writeHead(404).end();
  });
}

function withQuery(url: URL, args: Json): Json {
  return { ...Object.fromEntries(url.searchParams), ...args };
}

function send(request: IncomingMessage, response: ServerResponse, answer: Answer): void {
  if (answer === 'reset') {
    request.socket.destroy();
    return;
  }
  const isText = typeof answer.body === 'string';
  response.writeHead(answer.status, { 'content-type': isText ? 'text/plain' : 'application/json', ...answer.headers });
  response.end(isText ? answer.body : JSON.stringify(answer.body));
}

/** Slack shows a sign-in page, with status 200, to whoever has no right to the file. */
function sendFile(world: World, path: string, token: string, response: ServerResponse): void {
  const id = /^\/files-pri\/[^/]+-(F[^/]+)\//.exec(path)?.[1] ?? '';
  const file = world.files.get(id);
  const grant = world.grants.get(token);
  const allowed = grant?.revoked === false && grant.teamId === file?.teamId && grant.scopes.includes('files:read');
  if (file?.isBroken === true) response.destroy();
  else if (!file) response.writeHead(404).end();
  else if (!allowed) response.writeHead(200, { 'content-type': 'text/html' }).end('<!DOCTYPE html><html></html>');
  else response.writeHead(200, { 'content-type': String(file.meta.mimetype) }).end(file.content);
}

function sendBack(world: World, url: URL, response: ServerResponse): void {
  const back = url.searchParams.get('redirect_uri');
  const teamId = url.searchParams.get('team') ?? [...world.teams.keys()][0] ?? '';
  if (!back || !world.teams.has(teamId)) {
    response.writeHead(400).end();
    return;
  }
  const code = world.nextId('code-');
  world.codes.set(code, { teamId, used: false });
  const target = new URL(back);
  target.searchParams.set('code', code);
  target.searchParams.set('state', url.searchParams.get('state') ?? '');
  response.writeHead(302, { location: target.href }).end();
}
