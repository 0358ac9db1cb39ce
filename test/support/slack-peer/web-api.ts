import { SlackError } from './errors.ts';
import type { ApiFault } from './faults.ts';
import { isJson, type Json, parsedOrText, word } from './json.ts';
import { chatMethods } from './methods/chat.ts';
import { conversationMethods } from './methods/conversations.ts';
import type { Method, Methods, Request } from './methods/method.ts';
import { viewMethods } from './methods/views.ts';
import { workspaceMethods } from './methods/workspace.ts';
import { type Call, type Grant, known, type World } from './world.ts';

/** What the HTTP server sends back; `reset` cuts the connection instead. */
export type Answer =
  | { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: unknown }
  | 'reset';

/** Answers one request to `/api/<method>`. `token` comes from the Authorization header. */
export type WebApi = (method: string, token: string, args: Json) => Promise<Answer>;

/** Creates the Web API over a world; `more` adds the methods that need a server of their own. */
export function createWebApi(world: World, more: Methods): WebApi {
  const methods: Methods = { ...chatMethods, ...conversationMethods, ...viewMethods, ...workspaceMethods, ...more };
  return async (name, headerToken, args) => {
    const token = headerToken || word(args.token);
    const teamId = world.grants.get(token)?.teamId;
    const call: Call = { method: name, teamId, args, at: world.now(), answer: undefined };
    world.calls.push(call);
    const fault = world.faults.takeApiFault(name);
    world.changes.changed();
    if (fault?.kind === 'hold') await fault.until;
    const instead = fault && answerInstead(fault);
    if (instead) return instead;
    call.answer = run(world, methods[name], token, args);
    world.changes.changed();
    return fault?.kind === 'reset-after-commit' ? 'reset' : toAnswer(call.answer, world.grants.get(token)?.scopes);
  };
}

/** Reads the arguments of a request: a form whose values may be JSON, or a JSON body. */
export function readArgs(contentType: string, body: string): Json {
  if (contentType.startsWith('application/json')) {
    const parsed = parsedOrText(body);
    return isJson(parsed) ? parsed : {};
  }
  const entries = [...new URLSearchParams(body)].map(([key, value]) => [key, readFormValue(value)]);
  return Object.fromEntries(entries);
}

function readFormValue(value: string): unknown {
  return /^\s*[[{]/.test(value) ? parsedOrText(value) : value;
}

function run(world: World, method: Method | undefined, token: string, args: Json): Json {
  try {
    if (!method) throw new SlackError('unknown_method');
    return { ok: true, ...method.run(authorise(world, method, token, args)) };
  } catch (error) {
    if (error instanceof SlackError) return { ok: false, error: error.code, ...error.extra };
    throw error;
  }
}

function authorise(world: World, method: Method, token: string, args: Json): Request {
  const [anyTeam] = world.teams.values();
  if (!anyTeam) throw new SlackError('team_not_found');
  if (method.auth === 'none') return { world, team: anyTeam, token, args };
  if (token === '') throw new SlackError('not_authed');
  const grant = world.grants.get(token);
  if (!grant) throw new SlackError('invalid_auth');
  if (grant.revoked) throw new SlackError('token_revoked');
  if (grant.kind !== method.auth) throw new SlackError('not_allowed_token_type');
  const team = grant.kind === 'app' ? anyTeam : known(world.teams, grant.teamId, 'team');
  const request = { world, team, token, args };
  requireScope(grant, method.scope?.(request));
  return request;
}

function requireScope(grant: Grant, needed: string | undefined): void {
  if (needed === undefined || grant.scopes.includes(needed)) return;
  throw new SlackError('missing_scope', { needed, provided: grant.scopes.join(',') });
}

function answerInstead(fault: ApiFault): Answer | undefined {
  switch (fault.kind) {
    case '429':
      return rateLimited(fault.retryAfterS);
    case 'error':
      return { status: 200, headers: {}, body: { ok: false, error: fault.error } };
    case 'http500':
      return { status: 500, headers: {}, body: 'Internal Server Error' };
    case 'reset':
      return 'reset';
    case 'reset-after-commit':
    case 'hold':
      return undefined;
    default:
      return fault satisfies never;
  }
}

/** Slack names a token's scopes in a header: https://docs.slack.dev/authentication/installing-with-oauth */
function toAnswer(answer: Json, scopes: readonly string[] = []): Answer {
  return answer.error === 'ratelimited'
    ? rateLimited(Number(answer.retry_after))
    : { status: 200, headers: { 'x-oauth-scopes': scopes.join(',') }, body: answer };
}

function rateLimited(retryAfterS: number): Answer {
  return { status: 429, headers: { 'retry-after': String(retryAfterS) }, body: { ok: false, error: 'ratelimited' } };
}
