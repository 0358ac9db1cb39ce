import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { ConfigError } from '../src/errors.ts';

/** How Slack reaches us and whose workspaces they are. */
export interface SlackConfig {
  readonly transport:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string };
  readonly tenancy:
    | { readonly kind: 'token'; readonly botToken: string }
    | {
        readonly kind: 'oauth';
        readonly clientId: string;
        readonly clientSecret: string;
        readonly stateSecret: string;
        readonly publicUrl: string;
      };
  readonly apiUrl: string | undefined;
}

export interface DiscordConfig {
  readonly token: string;
  readonly applicationId: string;
  readonly shards: 'auto' | { readonly ids: readonly number[]; readonly count: number };
  /** The servers that alone have the commands; undefined: every server, and direct messages. */
  readonly guilds: readonly string[] | undefined;
  readonly apiUrl: string | undefined;
}

export interface Config {
  readonly slack: SlackConfig | undefined;
  readonly discord: DiscordConfig | undefined;
  readonly databaseUrl: string;
  /** The newest first: it seals, the others only open what they sealed. */
  readonly secretKeys: readonly [newest: string, ...older: string[]] | undefined;
  readonly knowledgeDir: string | undefined;
  readonly deskConfig: string | undefined;
  readonly port: number | undefined;
  readonly logLevel: (typeof logLevels)[number];
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
const secrets = [
  'SLACK_APP_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_BOT_TOKEN',
  'SLACK_CLIENT_SECRET',
  'SLACK_STATE_SECRET',
  'SECRET_KEY',
  'DISCORD_TOKEN',
  'DATABASE_URL',
] as const;

const token = (prefix: string, where: string) =>
  z.string().startsWith(prefix, `is a token that begins with ${prefix}: copy it from ${where}`).optional();
const url = z.url({ protocol: /^https?$/, error: 'is a URL such as https://desk.example.com' }).optional();

const secretKey = z
  .string()
  .min(32, 'needs at least 32 characters of your own: it encrypts stored tokens. A comma stands between two keys');

const Environment = z.object({
  SLACK_APP_TOKEN: token('xapp-', 'Slack, Basic Information, App-Level Tokens'),
  SLACK_SIGNING_SECRET: z.string().min(16, 'is the Signing Secret of Slack, Basic Information').optional(),
  SLACK_BOT_TOKEN: token('xoxb-', 'Slack, OAuth & Permissions'),
  SLACK_CLIENT_ID: z.string().optional(),
  SLACK_CLIENT_SECRET: z.string().optional(),
  SLACK_STATE_SECRET: z.string().min(16, 'needs at least 16 characters of your own').optional(),
  SLACK_API_URL: url,
  SECRET_KEY: z
    .string()
    .transform((keys) => keys.split(',').map((key) => key.trim()))
    .pipe(z.tuple([secretKey], secretKey))
    .optional(),
  PUBLIC_URL: url.transform((text) => text?.replace(/\/+$/, '')),
  DISCORD_TOKEN: z.string().min(20, 'is the bot token of the Discord Developer Portal, Bot').optional(),
  DISCORD_APPLICATION_ID: z
    .string()
    .regex(/^\d{15,21}$/, 'is the Application ID of the Discord Developer Portal, digits only')
    .optional(),
  DISCORD_SHARDS: z
    .string()
    .regex(/^(auto|\d+(,\d+)*\/\d+)$/, "is auto, or this process's shards of how many, such as 0,1/4")
    .default('auto'),
  DISCORD_GUILDS: z
    .string()
    .regex(/^\d{15,21}(,\d{15,21})*$/, 'is the ids of the servers that shall have the commands, with commas between')
    .transform((ids) => ids.split(','))
    .optional(),
  DISCORD_API_URL: url,
  DATABASE_URL: z
    .string()
    .regex(/^(sqlite:.|postgres(ql)?:\/\/)/, 'is sqlite: and a file, or begins with postgres://')
    .default('sqlite:./data/licence-desk.db'),
  KNOWLEDGE_DIR: z.string().optional(),
  DESK_CONFIG: z.string().optional(),
  PORT: z.coerce.number('is a port number').int('is a port number').min(0).max(65_535).optional(),
  LOG_LEVEL: z.enum(logLevels, `is one of ${logLevels.join(', ')}`).default('info'),
});
type Environment = z.infer<typeof Environment>;
type Problems = string[];

/**
 * Reads the environment once. Secrets may also stand in files named by `NAME_FILE`.
 * Throws one ConfigError that names every problem.
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const problems: Problems = [];
  const result = Environment.safeParse(withFiles(environment, problems));
  if (!result.success) problems.push(...result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`));
  const values = result.data;
  const config = values === undefined ? undefined : assemble(values, problems);
  if (config === undefined || problems.length > 0) {
    throw new ConfigError(
      `The configuration has ${problems.length} problem(s):\n${problems.map((problem) => `- ${problem}`).join('\n')}`,
    );
  }
  return config;
}

function withFiles(
  environment: Readonly<Record<string, string | undefined>>,
  problems: Problems,
): Record<string, string | undefined> {
  const values: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(environment)) if (value !== '') values[name] = value;
  for (const name of secrets) {
    const file = values[`${name}_FILE`];
    if (file === undefined) continue;
    try {
      values[name] = readFileSync(file, 'utf8').trim();
    } catch {
      problems.push(`${name}_FILE names ${file}, which cannot be read`);
    }
  }
  return values;
}

function assemble(values: Environment, problems: Problems): Config {
  return {
    slack: readSlack(values, problems),
    discord: readDiscord(values, problems),
    databaseUrl: values.DATABASE_URL,
    secretKeys: values.SECRET_KEY,
    knowledgeDir: values.KNOWLEDGE_DIR,
    deskConfig: values.DESK_CONFIG,
    port: values.PORT,
    logLevel: values.LOG_LEVEL,
  };
}

function readSlack(values: Environment, problems: Problems): SlackConfig | undefined {
  const names = [
    'SLACK_APP_TOKEN',
    'SLACK_SIGNING_SECRET',
    'SLACK_BOT_TOKEN',
    'SLACK_CLIENT_ID',
    'SLACK_CLIENT_SECRET',
    'SLACK_STATE_SECRET',
  ] as const;
  if (names.every((name) => values[name] === undefined)) return undefined;
  const transport = readTransport(values, problems);
  const tenancy = readTenancy(values, problems);
  return transport === undefined || tenancy === undefined
    ? undefined
    : { transport, tenancy, apiUrl: values.SLACK_API_URL };
}

function readTransport(values: Environment, problems: Problems): SlackConfig['transport'] | undefined {
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = values;
  if (appToken !== undefined && signingSecret !== undefined) {
    problems.push(
      'SLACK_APP_TOKEN and SLACK_SIGNING_SECRET are two ways to reach Slack: give one of them (Socket Mode, or HTTP with PORT)',
    );
    return undefined;
  }
  if (appToken !== undefined) return { kind: 'socket', appToken };
  if (signingSecret === undefined) {
    problems.push('SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) is missing: Slack needs one of them');
    return undefined;
  }
  if (values.PORT === undefined) problems.push('PORT is missing: Slack over HTTP needs a port to listen on');
  return { kind: 'http', signingSecret };
}

function readTenancy(values: Environment, problems: Problems): SlackConfig['tenancy'] | undefined {
  const {
    SLACK_BOT_TOKEN: botToken,
    SLACK_CLIENT_ID: clientId,
    SLACK_CLIENT_SECRET: clientSecret,
    SLACK_STATE_SECRET: stateSecret,
    PUBLIC_URL: publicUrl,
  } = values;
  if (botToken !== undefined) return { kind: 'token', botToken };
  const oauth = {
    SLACK_CLIENT_ID: clientId,
    SLACK_CLIENT_SECRET: clientSecret,
    SLACK_STATE_SECRET: stateSecret,
    SECRET_KEY: values.SECRET_KEY,
    PUBLIC_URL: publicUrl,
    PORT: values.PORT,
  };
  const missing = Object.entries(oauth)
    .filter(([, value]) => value === undefined)
    .map(([name]) => name);
  if (
    clientId === undefined ||
    clientSecret === undefined ||
    stateSecret === undefined ||
    publicUrl === undefined ||
    missing.length > 0
  ) {
    problems.push(`SLACK_BOT_TOKEN (one workspace) is missing, or for many workspaces: ${missing.join(', ')}`);
    return undefined;
  }
  return { kind: 'oauth', clientId, clientSecret, stateSecret, publicUrl };
}

function readDiscord(values: Environment, problems: Problems): DiscordConfig | undefined {
  const { DISCORD_TOKEN: discordToken, DISCORD_APPLICATION_ID: applicationId, DISCORD_SHARDS: shards } = values;
  if (discordToken === undefined && applicationId === undefined) return undefined;
  if (discordToken === undefined)
    problems.push('DISCORD_TOKEN is missing: Discord needs it beside DISCORD_APPLICATION_ID');
  if (applicationId === undefined)
    problems.push('DISCORD_APPLICATION_ID is missing: Discord needs it beside DISCORD_TOKEN');
  if (discordToken === undefined || applicationId === undefined) return undefined;
  const [ids = '', count = ''] = shards.split('/');
  const list = ids.split(',').map(Number);
  if (shards !== 'auto' && list.some((id) => id >= Number(count)))
    problems.push('DISCORD_SHARDS names a shard that is not below the number of shards');
  return {
    token: discordToken,
    applicationId,
    shards: shards === 'auto' ? 'auto' : { ids: list, count: Number(count) },
    guilds: values.DISCORD_GUILDS,
    apiUrl: values.DISCORD_API_URL,
  };
}
