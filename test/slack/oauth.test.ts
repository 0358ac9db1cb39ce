import { afterEach, describe, expect, test } from 'vitest';
import { createState, isOwnState, stateAgeMs } from '../../adapters/slack/oauth-state.ts';
import { textOf } from '../support/slack-peer/elements.ts';
import { DEFAULT_TEAM, SECOND_TEAM, type TeamSeed } from '../support/slack-peer/seed.ts';
import { createWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';

const stateSecret = 'a state secret of ours';
const publicUrl = 'http://desk.example.com';
const oauth = {
  kind: 'oauth',
  clientId: '111.222',
  clientSecret: 'peer-client-secret',
  stateSecret,
  publicUrl,
} as const;
const code = '0xC004FC07';

const open: Workbench[] = [];
afterEach(async () => {
  for (const workbench of open.splice(0)) await workbench.end();
});

async function begin(teams: readonly TeamSeed[], options: WorkbenchOptions = {}): Promise<Workbench> {
  const workbench = await createWorkbench('http', { tenancy: oauth, teams, retryDelaysMs: [], ...options });
  open.push(workbench);
  return workbench;
}

/** A browser that consents for a team: it follows our page, Slack's, and the way back, with its cookie. */
async function install(workbench: Workbench, team: string, cookieOf = (cookie: string) => cookie): Promise<Response> {
  const page = await fetch(`${workbench.url()}/slack/install`);
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
  const link = /href="([^"]+)"/.exec(await page.text())?.[1]?.replaceAll('&amp;', '&') ?? '';
  const consent = new URL(link);
  consent.searchParams.set('team', team);
  const sent = await fetch(consent, { redirect: 'manual' });
  const back = (sent.headers.get('location') ?? '').replace(publicUrl, workbench.url());
  return fetch(back, { headers: { cookie: cookieOf(cookie) } });
}

const first = { ...DEFAULT_TEAM, installed: false };
const second = { ...SECOND_TEAM, installed: false };
const inChannel = ({ peer }: Workbench, channel: string) =>
  peer.messages(channel).filter(({ bot_id }) => bot_id !== undefined);

describe('installing', () => {
  test('serves two teams, each with its own token', async () => {
    const workbench = await begin([first, second]);
    expect((await install(workbench, 'T1')).status).toBe(200);
    expect((await install(workbench, 'T2')).status).toBe(200);
    await workbench.peer.user('U1').mention('C1', code);
    await workbench.peer.user('U21').mention('C21', code);
    await workbench.peer.waitFor(
      () => inChannel(workbench, 'C1').length === 2 && inChannel(workbench, 'C21').length === 2,
    );
  });

  test('refuses a state of somebody else, and one without our cookie', async () => {
    const workbench = await begin([first]);
    expect((await install(workbench, 'T1', () => '')).status).toBe(400);
    expect((await install(workbench, 'T1', (cookie) => `${cookie}0`)).status).toBe(400);
    const forged = `${workbench.url()}/slack/oauth_redirect?state=1.2.3&code=x`;
    expect((await fetch(forged, { headers: { cookie: 'licence-desk-install=1.2.3' } })).status).toBe(400);
    expect(
      await workbench.store().installations(['a secret key of thirty-two characters']).load('slack:T1'),
    ).toBeUndefined();
  });

  test('says in words that a code was not good', async () => {
    const workbench = await begin([first]);
    workbench.peer.faults.next('oauth.v2.access', { kind: 'error', error: 'invalid_code' });
    const answer = await install(workbench, 'T1');
    expect(answer.status).toBe(500);
    expect(await answer.text()).toContain('Nothing was installed');
  });

  test('speaks Japanese to a Japanese browser', async () => {
    const workbench = await begin([first]);
    const page = await fetch(`${workbench.url()}/slack/install`, { headers: { 'accept-language': 'ja-JP,ja;q=0.9' } });
    expect(await page.text()).toContain('Slack に追加');
  });

  test('keeps no token in the clear, and forgets it when the team removes the app', async () => {
    const workbench = await begin([first]);
    await install(workbench, 'T1');
    const { database } = workbench.store();
    const rows = () => database.read(database.sql.selectFrom('installation').selectAll());
    expect(JSON.stringify(await rows())).not.toContain(DEFAULT_TEAM.botToken);
    await workbench.peer.uninstall('T1');
    await expect.poll(rows).toEqual([]);
  });

  test('exchanges a token that ends, once, and posts with the next', async () => {
    let ahead = 0;
    const workbench = await begin([{ ...first, rotates: true }], { ourNow: () => new Date(Date.now() + ahead) });
    await install(workbench, 'T1');
    ahead = 11 * 60 * 60_000;
    await workbench.peer.user('U1').mention('C1', code);
    await workbench.peer.user('U2').mention('C1', code);
    await workbench.peer.waitFor(() => inChannel(workbench, 'C1').length === 4);
    expect(
      workbench.peer.calls('oauth.v2.access').filter(({ args }) => args.grant_type === 'refresh_token'),
    ).toHaveLength(1);
    expect(inChannel(workbench, 'C1').every((message) => textOf(message) !== '')).toBe(true);
  });

  test('serves a whole organisation with its one token, each team as a workspace of its own, until it is removed', async () => {
    const team = { ...first, enterpriseId: 'E1', orgWide: true };
    const workbench = await begin([team]);
    const { peer } = workbench;
    const rows = () => {
      const { database } = workbench.store();
      return database.read(database.sql.selectFrom('installation').select('workspace'));
    };
    expect((await install(workbench, 'T1')).status).toBe(200);
    expect(await rows()).toEqual([{ workspace: 'slack:E1' }]);
    await peer.user('U1').mention('C1', code);
    const asked = await peer.waitFor(() =>
      inChannel(workbench, 'C1').find((message) => textOf(message).includes('ServerStandardEval')),
    );
    await peer.user('U1').press(asked, 'ServerStandardEval');
    await peer.waitFor(() => inChannel(workbench, 'C1').length === 3);
    await peer.user('U1').slash('C1', '/licence', 'status');
    await peer.waitFor(() => peer.ephemeral('U1').some((message) => textOf(message).includes(code)));
    const { database } = workbench.store();
    const workspaces = database.read(database.sql.selectFrom('conversation').select('workspace'));
    expect(await workspaces).toEqual([{ workspace: 'slack:T1' }]);
    await peer.uninstall('T1');
    await expect.poll(rows).toEqual([]);
  });

  test('in a team without an installation, a lookup is answered and a conversation waits for nothing', async () => {
    const workbench = await begin([{ ...DEFAULT_TEAM }]);
    await workbench.peer.user('U1').slash('C1', '/licence', code);
    expect(workbench.peer.ephemeral('U1')).toHaveLength(1);
    await workbench.peer.user('U1').mention('C1', code);
    await expect.poll(() => workbench.logged.some(({ fields }) => fields.reason === 'not_installed')).toBe(true);
  });
});

describe('a state', () => {
  test('ends after ten minutes and holds for its own browser alone', () => {
    const now = new Date('2026-11-25T00:00:00Z');
    const state = createState(stateSecret, now);
    expect(isOwnState(stateSecret, state, state, now)).toBe(true);
    expect(isOwnState(stateSecret, state, undefined, now)).toBe(false);
    expect(isOwnState('another secret', state, state, now)).toBe(false);
    expect(isOwnState(stateSecret, state, state, new Date(now.getTime() + stateAgeMs + 1))).toBe(false);
  });
});
