import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readConfig } from '../adapters/config.ts';

const slack = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const oauth = {
  SLACK_SIGNING_SECRET: 's'.repeat(32),
  PORT: '3000',
  SLACK_CLIENT_ID: '1.2',
  SLACK_CLIENT_SECRET: 'secret',
  SLACK_STATE_SECRET: 't'.repeat(32),
  SECRET_KEY: 'k'.repeat(32),
  PUBLIC_URL: 'https://desk.example',
};
const discord = { DISCORD_TOKEN: 'd'.repeat(60), DISCORD_APPLICATION_ID: '123456789012345678' };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'licence-desk-config-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('what may be configured', () => {
  test('nothing: no platform, a SQLite file, information in the log', () => {
    expect(readConfig({})).toMatchObject({
      slack: undefined,
      discord: undefined,
      databaseUrl: 'sqlite:./data/licence-desk.db',
      logLevel: 'info',
    });
  });

  test('one workspace in Socket Mode, many by OAuth over HTTP, Discord with its shards', () => {
    expect(readConfig(slack).slack).toMatchObject({ transport: { kind: 'socket' }, tenancy: { kind: 'token' } });
    expect(readConfig(oauth).slack).toMatchObject({ transport: { kind: 'http' }, tenancy: { kind: 'oauth' } });
    expect(readConfig({ ...discord, DISCORD_SHARDS: '0,1/4' }).discord?.shards).toEqual({ ids: [0, 1], count: 4 });
    const guilds = ['123456789012345678', '223456789012345678'];
    expect(readConfig({ ...discord, DISCORD_GUILDS: guilds.join(',') }).discord?.guilds).toEqual(guilds);
    expect(readConfig(discord).discord?.guilds).toBeUndefined();
  });

  test('a public address with a slash at its end, which the paths after it bring along', () => {
    const { slack: read } = readConfig({ ...oauth, PUBLIC_URL: 'https://desk.example/' });
    expect(read?.tenancy).toMatchObject({ publicUrl: 'https://desk.example' });
  });

  test('several secret keys, the newest first', () => {
    const [newest, older] = ['n'.repeat(32), 'o'.repeat(32)];
    expect(readConfig({ ...oauth, SECRET_KEY: `${newest}, ${older}` }).secretKeys).toEqual([newest, older]);
    expect(readConfig({}).secretKeys).toBeUndefined();
  });

  test('a secret in a file instead', () => {
    writeFileSync(join(folder, 'token'), 'xoxb-from-file\n');
    const config = readConfig({ SLACK_APP_TOKEN: 'xapp-1', SLACK_BOT_TOKEN_FILE: join(folder, 'token') });
    expect(config.slack?.tenancy).toEqual({ kind: 'token', botToken: 'xoxb-from-file' });
  });
});

describe('what is refused, all at once, with what to do', () => {
  test.each<[string, Record<string, string>, readonly string[]]>([
    [
      'wrong values',
      { SLACK_BOT_TOKEN: 'x', SLACK_APP_TOKEN: 'y', PORT: 'http', DATABASE_URL: 'mysql://x', LOG_LEVEL: 'loud' },
      ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'PORT', 'DATABASE_URL', 'LOG_LEVEL'],
    ],
    [
      'half of Slack and half of Discord',
      { SLACK_BOT_TOKEN: 'xoxb-1', DISCORD_TOKEN: 'd'.repeat(60) },
      ['SLACK_APP_TOKEN', 'DISCORD_APPLICATION_ID'],
    ],
    ['two transports', { ...slack, SLACK_SIGNING_SECRET: 's'.repeat(32), PORT: '1' }, ['SLACK_SIGNING_SECRET']],
    ['HTTP without a port', { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's'.repeat(32) }, ['PORT']],
    [
      'OAuth without its parts',
      { SLACK_APP_TOKEN: 'xapp-1', SLACK_CLIENT_ID: '1.2' },
      ['SLACK_CLIENT_SECRET', 'SLACK_STATE_SECRET', 'SECRET_KEY', 'PUBLIC_URL'],
    ],
    ['a server by its name', { ...discord, DISCORD_GUILDS: 'Contoso' }, ['DISCORD_GUILDS']],
    ['a shard beyond the number of shards', { ...discord, DISCORD_SHARDS: '4/4' }, ['DISCORD_SHARDS']],
    ['a database without a file, which would be gone at the end', { DATABASE_URL: 'sqlite:' }, ['DATABASE_URL']],
    ['a short key beside a long one', { ...oauth, SECRET_KEY: `${'k'.repeat(32)},short` }, ['SECRET_KEY']],
    ['a secret file that is not there', { ...slack, SECRET_KEY_FILE: '/nowhere/key' }, ['SECRET_KEY_FILE']],
  ])('%s', (_, environment, names) => {
    const message = messageOf(environment);
    for (const name of names) expect(message).toContain(name);
  });

  test('no secret stands in the message', () => {
    expect(messageOf({ SLACK_BOT_TOKEN: 'xapp-mixed-up-secret', DISCORD_TOKEN: 'short-secret' })).not.toMatch(
      /mixed-up-secret|short-secret/,
    );
  });
});

function messageOf(environment: Readonly<Record<string, string>>): string {
  try {
    readConfig(environment);
  } catch (error) {
    return String(error);
  }
  throw new Error('the configuration was taken');
}
