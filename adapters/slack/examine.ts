import { z } from 'zod';
import type { Clock } from '../../src/ports/clock.ts';
import type { SlackConfig } from '../config.ts';
import { clockFinding, type Finding, ill, well } from '../finding.ts';
import { botScopes } from './app-definition.ts';
import { paces } from './limits.ts';

const about = 'Slack';
const defaultApi = 'https://slack.com/api/';

const Answer = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  team: z.string().optional(),
  user: z.string().optional(),
});

/** Asks Slack who the tokens are and what they may do (`auth.test`, `apps.connections.open`). Changes nothing; never throws. */
export async function examineSlack(config: SlackConfig, clock: Clock): Promise<readonly Finding[]> {
  const { transport, tenancy, apiUrl = defaultApi } = config;
  const call = (method: string, token: string) => ask(new URL(method, slashed(apiUrl)), token, clock);
  return [
    ...(tenancy.kind === 'token'
      ? await examineBot(call('auth.test', tenancy.botToken))
      : [well(about, 'many workspaces: each has its own token in the database')]),
    ...(transport.kind === 'socket'
      ? await examineSocket(call('apps.connections.open', transport.appToken))
      : [well(about, 'over HTTP: Slack proves the address under Event Subscriptions')]),
  ];
}

type Told =
  | {
      readonly kind: 'answered';
      readonly answer: z.infer<typeof Answer>;
      readonly scopes: string | null;
      readonly clock: readonly Finding[];
    }
  | { readonly kind: 'silent'; readonly reason: string };

async function ask(url: URL, token: string, clock: Clock): Promise<Told> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      signal: AbortSignal.timeout(paces.callTimeoutMs),
    });
    const clockIll = clockFinding(response.headers.get('date'), clock.now());
    return {
      kind: 'answered',
      answer: Answer.parse(await response.json()),
      scopes: response.headers.get('x-oauth-scopes'),
      clock: clockIll === undefined ? [] : [clockIll],
    };
  } catch {
    return {
      kind: 'silent',
      reason: `${url.host} gives no answer that can be read: look at the network, and at SLACK_API_URL`,
    };
  }
}

async function examineBot(asked: Promise<Told>): Promise<readonly Finding[]> {
  const told = await asked;
  if (told.kind === 'silent') return [ill(about, told.reason)];
  const { answer, scopes, clock } = told;
  if (!answer.ok)
    return [
      ill(about, `SLACK_BOT_TOKEN is refused (${answer.error}): copy it again from OAuth & Permissions`),
      ...clock,
    ];
  const held = scopes?.split(',').map((scope) => scope.trim());
  const missing = held === undefined ? [] : botScopes.filter((scope) => !held.includes(scope));
  const who = `${answer.user} in ${answer.team}`;
  return [
    missing.length === 0
      ? well(about, `${who}, with every scope`)
      : ill(
          about,
          `${who} lacks ${missing.join(', ')}: paste the manifest again (slack-manifest) and reinstall the app`,
        ),
    ...clock,
  ];
}

async function examineSocket(asked: Promise<Told>): Promise<readonly Finding[]> {
  const told = await asked;
  if (told.kind === 'silent') return [ill(about, told.reason)];
  return [
    told.answer.ok
      ? well(about, 'Socket Mode is open to us')
      : ill(
          about,
          `SLACK_APP_TOKEN is refused (${told.answer.error}): it needs connections:write, and Socket Mode has to be on`,
        ),
  ];
}

function slashed(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
