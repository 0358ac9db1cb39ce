import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { doctor } from '../../adapters/cli/doctor.ts';
import { examineSlack } from '../../adapters/slack/examine.ts';
import { createStore } from '../../adapters/sql/store.ts';
import { silentLog } from '../sql/silent-log.ts';
import { createDiscordPeer, type PeerOptions } from '../support/discord-peer/create-discord-peer.ts';
import { createSlackPeer } from '../support/slack-peer/create-slack-peer.ts';
import { DEFAULT_TEAM } from '../support/slack-peer/seed.ts';
import { runProgram } from '../support/spawned.ts';
import { runCommand } from './run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'licence-desk-'));
const absent = `sqlite:${join(folder, 'absent.db')}`;
afterAll(() => rmSync(folder, { recursive: true }));

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** What `doctor` prints of one thing, and how it ends. */
async function examine(environment: Readonly<Record<string, string>>) {
  const { code, output, errors } = await runCommand(doctor, [], { DATABASE_URL: absent, ...environment });
  const lines = output.split('\n').filter((line) => line !== '');
  return { code, errors, about: (name: string) => lines.filter((line) => line.slice(7).startsWith(`${name}:`)) };
}

async function slackPeer() {
  const peer = await createSlackPeer();
  ends.push(() => peer.close());
  return peer;
}

async function discordPeer(options: PeerOptions = {}) {
  const peer = await createDiscordPeer(options);
  ends.push(() => peer.stop());
  return peer;
}

describe('doctor', () => {
  test('finds nothing ill where nothing is configured, and makes no database', async () => {
    const { code, about } = await examine({});
    expect(code).toBe(0);
    for (const part of ['knowledge', 'database', 'platforms', 'desks'])
      expect(about(part)).toEqual([expect.stringMatching(/^well/)]);
    expect(await examine({}).then((again) => again.about('database'))).toEqual([
      expect.stringContaining('not there yet'),
    ]);
  });

  test('knows the database that is used, without changing it', async () => {
    const url = `sqlite:${join(folder, 'used.db')}`;
    await (await createStore(url, silentLog)).close();
    expect((await examine({ DATABASE_URL: url })).about('database')).toEqual([
      expect.stringMatching(/^well .*schema \d/),
    ]);
  });

  test('says which database cannot be reached', async () => {
    const { code, about } = await examine({ DATABASE_URL: 'postgres://nobody:nothing@127.0.0.1:1/none' });
    expect(code).toBe(1);
    expect(about('database')).toEqual([expect.stringMatching(/^FAULT/)]);
    expect(about('database').join()).not.toContain('nothing');
  });

  test('tells a configuration that cannot be read in its own words', async () => {
    const environment = { SLACK_BOT_TOKEN: 'wrong', PORT: 'many' };
    const { code, errors } = await runProgram(['adapters/cli/main.ts', 'doctor'], '', environment);
    expect(code).toBe(1);
    expect(errors).toContain('SLACK_BOT_TOKEN');
    expect(errors).toContain('PORT');
  });

  test('names what is wrong with a team its own knowledge', async () => {
    writeFileSync(join(folder, 'sources.yaml'), 'nonsense: [');
    const { code, about } = await examine({ KNOWLEDGE_DIR: folder });
    rmSync(join(folder, 'sources.yaml'));
    expect(code).toBe(1);
    expect(about('knowledge').join()).toContain('sources.yaml');
  });

  test('finds desks ill whose secrets are missing', async () => {
    const { about, code } = await examine({ DESK_CONFIG: 'desk-config.example.yaml' });
    expect(code).toBe(1);
    expect(about('desk reseller')).toEqual([expect.stringMatching(/^FAULT/)]);
  });
});

describe('doctor, of Slack', () => {
  const environment = (peer: Awaited<ReturnType<typeof slackPeer>>) => ({
    SLACK_API_URL: peer.apiUrl,
    SLACK_BOT_TOKEN: peer.team('T1').botToken,
    SLACK_APP_TOKEN: peer.app.appToken,
  });

  test('finds both tokens well', async () => {
    const peer = await slackPeer();
    const { code, about } = await examine(environment(peer));
    expect(about('Slack')).toEqual([
      expect.stringMatching(/^well .*every scope/),
      expect.stringMatching(/^well .*Socket Mode/),
    ]);
    expect(code).toBe(0);
  });

  test('names a refused token without showing it', async () => {
    const peer = await slackPeer();
    const { code, about } = await examine({ ...environment(peer), SLACK_BOT_TOKEN: 'xoxb-of-somebody-else' });
    expect(code).toBe(1);
    expect(about('Slack')[0]).toMatch(/^FAULT .*SLACK_BOT_TOKEN.*invalid_auth/);
    expect(about('Slack').join()).not.toContain('of-somebody-else');
  });

  test('names the scopes that were added since the app was installed', async () => {
    const peer = await createSlackPeer({ teams: [{ ...DEFAULT_TEAM, scopes: ['chat:write', 'commands'] }] });
    ends.push(() => peer.close());
    const { code, about } = await examine(environment(peer));
    expect(code).toBe(1);
    expect(about('Slack')[0]).toMatch(/^FAULT .*lacks .*usergroups:read/);
  });

  test('says so where nobody answers', async () => {
    const peer = await slackPeer();
    const { code, about } = await examine({ ...environment(peer), SLACK_API_URL: 'http://127.0.0.1:1/api/' });
    expect(code).toBe(1);
    expect(about('Slack')).toEqual([
      expect.stringContaining('SLACK_API_URL'),
      expect.stringContaining('SLACK_API_URL'),
    ]);
  });

  test.each([
    ['ahead', 200_000],
    ['behind', -200_000],
  ])('finds our clock %s of theirs', async (way, off) => {
    const peer = await slackPeer();
    const findings = await examineSlack(
      {
        transport: { kind: 'http', signingSecret: peer.app.signingSecret },
        tenancy: { kind: 'token', botToken: peer.team('T1').botToken },
        apiUrl: peer.apiUrl,
      },
      { now: () => new Date(Date.now() + off) },
    );
    expect(findings.filter(({ well }) => !well)).toEqual([
      { well: false, about: 'clock', says: expect.stringContaining(way) },
    ]);
  });
});

describe('doctor, of Discord', () => {
  const environment = (peer: Awaited<ReturnType<typeof discordPeer>>) => ({
    DISCORD_API_URL: peer.apiUrl,
    DISCORD_TOKEN: peer.token,
    DISCORD_APPLICATION_ID: peer.applicationId,
  });

  test('finds the token and the servers well', async () => {
    const peer = await discordPeer();
    const { code, about } = await examine(environment(peer));
    expect(about('Discord')).toEqual([expect.stringMatching(/^well .*1 server$/)]);
    expect(code).toBe(0);
  });

  test('names a refused token, and the application of another', async () => {
    const peer = await discordPeer();
    const refused = await examine({ ...environment(peer), DISCORD_TOKEN: 'the-token-of-somebody-else' });
    expect(refused.about('Discord')).toEqual([expect.stringMatching(/^FAULT .*DISCORD_TOKEN.*401/)]);
    const other = await examine({ ...environment(peer), DISCORD_APPLICATION_ID: '123456789012345678' });
    expect(other.about('Discord')).toEqual([expect.stringContaining(peer.applicationId)]);
    expect([refused.code, other.code]).toEqual([1, 1]);
  });

  test('names the permissions that are missing in a server, as a moderator sees them', async () => {
    const guilds = [{ name: 'Contoso', channels: ['help'], denied: ['CREATE_PRIVATE_THREADS'] as const }];
    const { code, about } = await examine(environment(await discordPeer({ guilds })));
    expect(code).toBe(1);
    expect(about('Discord').at(-1)).toMatch(/^FAULT .*Contoso.*Create Private Threads/);
  });

  test('says so where no connection may be started any more today', async () => {
    const { code, about } = await examine(environment(await discordPeer({ sessionStarts: 0 })));
    expect(code).toBe(1);
    expect(about('Discord')[0]).toMatch(/^FAULT/);
  });
});
