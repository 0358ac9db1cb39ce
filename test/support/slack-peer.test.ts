import { existsSync, readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { afterEach, describe, expect, test } from 'vitest';
import { createSlackPeer, type SlackPeer, type SlackPeerOptions } from './slack-peer/create-slack-peer.ts';
import { elementsOf } from './slack-peer/elements.ts';
import { ImpossibleActError, NotAcknowledgedError } from './slack-peer/errors.ts';
import { sign } from './slack-peer/http-transport.ts';
import { isJson, type Json } from './slack-peer/json.ts';
import { SECOND_TEAM } from './slack-peer/seed.ts';

const ASK = [
  {
    type: 'actions' as const,
    block_id: 'ask',
    elements: [
      { type: 'button' as const, action_id: 'yes', text: { type: 'plain_text' as const, text: 'Yes' }, value: 'y' },
      {
        type: 'static_select' as const,
        action_id: 'edition',
        options: ['Standard', 'Datacenter'].map((label) => ({
          text: { type: 'plain_text' as const, text: label },
          value: label.toLowerCase(),
        })),
      },
    ],
  },
];

const FORM: ModalView = {
  type: 'modal',
  callback_id: 'cal-form',
  title: { type: 'plain_text', text: 'CALs' },
  submit: { type: 'plain_text', text: 'Count' },
  close: { type: 'plain_text', text: 'Cancel' },
  blocks: [
    {
      type: 'input',
      block_id: 'users',
      label: { type: 'plain_text', text: 'Users' },
      element: { type: 'plain_text_input', action_id: 'count' },
    },
  ],
};

/** Bolt and its clients log what these tests provoke. */
const QUIET: Logger = {
  ...{ debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, setName() {} },
  getLevel: () => LogLevel.ERROR,
};

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function startPeer(options: SlackPeerOptions = {}): Promise<SlackPeer> {
  const peer = await createSlackPeer(options);
  closers.push(() => peer.close());
  return peer;
}

/** Starts a Bolt app on the peer over one of the transports; each listener of `ready` is added before it starts. */
async function startBot(peer: SlackPeer, transport: 'http' | 'socket', ready: (app: App) => void): Promise<App> {
  const clientOptions = { slackApiUrl: peer.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true };
  const receiver =
    transport === 'http'
      ? new HTTPReceiver({ signingSecret: peer.app.signingSecret, logger: QUIET })
      : new SocketModeReceiver({
          appToken: peer.app.appToken,
          clientPingTimeout: 200,
          installerOptions: { clientOptions },
          logger: QUIET,
        });
  const tokens = new Map(['T1', 'T2'].map((id) => [id, { T1: 'xoxb-t1-peer', T2: SECOND_TEAM.botToken }[id]]));
  const app = new App({
    receiver,
    logger: QUIET,
    clientOptions,
    async authorize({ teamId }) {
      const botToken = tokens.get(teamId ?? '');
      return { ...(botToken !== undefined && { botToken }), botId: 'B1', botUserId: 'UBOT1' };
    },
  });
  app.error(async () => undefined);
  ready(app);
  const started = await app.start(0);
  closers.push(async () => {
    await app.stop();
    await peer.waitFor(() => peer.socket.count() === 0);
  });
  if (transport === 'http')
    peer.useHttp(`http://127.0.0.1:${((started as Server).address() as AddressInfo).port}/slack/events`);
  else await peer.socket.whenConnected();
  return app;
}

const web = (peer: SlackPeer, token = 'xoxb-t1-peer') =>
  new App({
    token,
    signingSecret: 'x',
    clientOptions: { slackApiUrl: peer.apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
    logger: QUIET,
    deferInitialization: true,
  }).client;

const code = (error: string) => expect.objectContaining({ data: expect.objectContaining({ error }) });

describe.each(['http', 'socket'] as const)('a Bolt app over %s', (transport) => {
  test('answers a slash command in the ack, for the person alone', async () => {
    const peer = await startPeer();
    await startBot(peer, transport, (app) => {
      app.command('/licence', async ({ ack, command }) => ack({ text: `about ${command.text}`, blocks: ASK }));
    });
    const ack = await peer.user('U1').slash('C1', '/licence', '0xC004F074');
    expect(ack.ackMs).toBeLessThan(3000);
    expect(peer.ephemeral('U1').map((message) => message.text)).toEqual(['about 0xC004F074']);
    expect(peer.ephemeral('U2')).toEqual([]);
    expect(peer.messages('C1')).toEqual([]);
  });

  test('hears a press and a choice, and updates the message it was made on', async () => {
    const peer = await startPeer();
    const app = await startBot(peer, transport, (app) => {
      app.action('yes', async ({ ack, respond }) => {
        await ack();
        await respond({ text: 'thanks', replace_original: true });
      });
      app.action('edition', async ({ ack, action, client, body }) => {
        await ack();
        if (action.type !== 'static_select' || body.type !== 'block_actions') return;
        const channel = body.channel?.id ?? '';
        await client.chat.update({ channel, ts: body.message?.ts ?? '', text: action.selected_option?.value ?? '' });
      });
    });
    await app.client.chat.postMessage({ token: 'xoxb-t1-peer', channel: 'C1', text: 'which?', blocks: ASK });
    await app.client.chat.postMessage({ token: 'xoxb-t1-peer', channel: 'C1', text: 'sure?', blocks: ASK });
    const [which, sure] = peer.messages('C1');
    if (!which || !sure) throw new Error('not posted');
    await peer.user('U2').selectOption(which, 'edition', 'Datacenter');
    await peer.user('U1').press(sure, 'Yes');
    await peer.waitFor(
      () =>
        peer
          .messages('C1')
          .map((message) => message.text)
          .join() === 'datacenter,thanks',
    );
  });

  test('hears a mention twice, a plain reply and a direct message once', async () => {
    const peer = await startPeer();
    const heard: string[] = [];
    await startBot(peer, transport, (app) => {
      app.event('app_mention', async ({ event }) => void heard.push(`mention ${event.ts}`));
      app.message(async ({ message }) => void heard.push(`${message.channel_type} ${message.ts}`));
    });
    const mention = await peer.user('U1').mention('C1', '0xC004F074');
    const reply = await peer.user('U1').say('C1', 'and now?', { threadTs: mention.ts });
    const direct = await peer.user('U1').dm('help');
    await peer.user('U1').say('C2', 'the bot is not here');
    expect(heard.sort()).toEqual(
      [`channel ${mention.ts}`, `channel ${reply.ts}`, `im ${direct.ts}`, `mention ${mention.ts}`].sort(),
    );
    expect(peer.thread('C1', mention.ts)).toEqual([mention, reply]);
  });

  test('opens a form, has something against it, then takes it', async () => {
    const peer = await startPeer();
    await startBot(peer, transport, (app) => {
      app.shortcut('count', async ({ ack, client, shortcut }) => {
        await ack();
        await client.views.open({ trigger_id: shortcut.trigger_id, view: FORM });
      });
      app.view('cal-form', async ({ ack, view }) => {
        const count = Number(view.state.values.users?.count?.value);
        if (count > 0) await ack();
        else await ack({ response_action: 'errors', errors: { users: 'a number' } });
      });
    });
    const ada = peer.user('U1');
    await ada.globalShortcut('count');
    const form = await peer.waitFor(() => peer.views('U1')[0]);
    await expect(ada.submitView(form)).rejects.toThrow(ImpossibleActError);
    expect((await ada.submitView(form, { users: 'many' })).errors).toEqual({ users: 'a number' });
    expect(peer.views('U1')).toHaveLength(1);
    expect((await ada.submitView(form, { count: '25' })).errors).toBeUndefined();
    expect(peer.views('U1')).toEqual([]);
  });

  test('pushes a form on a form, updates it, and hears when it is closed', async () => {
    const peer = await startPeer();
    const second: ModalView = { ...FORM, callback_id: 'second', notify_on_close: true };
    let closed = 0;
    await startBot(peer, transport, (app) => {
      app.command('/licence', async ({ ack, body, client }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: FORM });
      });
      app.view('cal-form', async ({ ack }) => ack({ response_action: 'push', view: second }));
      app.view('second', async ({ ack }) =>
        ack({ response_action: 'update', view: { ...second, callback_id: 'third' } }),
      );
      app.view({ callback_id: 'third', type: 'view_closed' }, async ({ ack }) => {
        closed += 1;
        await ack();
      });
    });
    const ada = peer.user('U1');
    await ada.slash('C1', '/licence');
    const form = await peer.waitFor(() => peer.views('U1')[0]);
    await ada.submitView(form, { users: '1' });
    const [, pushed] = peer.views('U1');
    expect(pushed).toMatchObject({ callback_id: 'second', previous_view_id: form.id, root_view_id: form.id });
    if (pushed) await ada.submitView(pushed, { users: '2' });
    const [, updated] = peer.views('U1');
    expect(updated).toMatchObject({ id: pushed?.id, callback_id: 'third' });
    if (updated) await ada.closeView(updated);
    expect([closed, peer.views('U1').length]).toEqual([1, 1]);
  });

  test('offers options for what is typed, and hears which was chosen', async () => {
    const peer = await startPeer();
    const chosen: string[] = [];
    const element = { type: 'external_select' as const, action_id: 'code', min_query_length: 1 };
    const blocks = [{ type: 'actions' as const, block_id: 'codes', elements: [element] }];
    const app = await startBot(peer, transport, (app) => {
      app.options('code', async ({ ack, payload }) => {
        await ack({ options: [{ text: { type: 'plain_text', text: `0x${payload.value}` }, value: payload.value }] });
      });
      app.action('code', async ({ ack, action }) => {
        chosen.push(action.type === 'external_select' ? (action.selected_option?.value ?? '') : '');
        await ack();
      });
    });
    await app.client.chat.postMessage({ token: 'xoxb-t1-peer', channel: 'C1', text: 'which?', blocks });
    const [which] = peer.messages('C1');
    if (!which) throw new Error('not posted');
    expect(await peer.user('U1').suggest(which, 'code', 'F074')).toHaveLength(1);
    await peer.user('U1').selectOption(which, 'code', 'F074');
    const action = peer.deliveries.find((delivery) => delivery.type === 'block_actions');
    if (action) await peer.redeliver(action);
    expect(chosen).toEqual(['F074', 'F074']);
  });

  test('publishes its home tab when it is opened', async () => {
    const peer = await startPeer();
    await startBot(peer, transport, (app) => {
      app.event('app_home_opened', async ({ event, client }) => {
        await client.views.publish({ user_id: event.user, view: { type: 'home', blocks: ASK } });
      });
    });
    await peer.user('U2').openHome();
    const home = await peer.waitFor(() => peer.home('U2'));
    expect(elementsOf(home).map((element) => element.label)).toEqual(['Yes', '']);
  });

  test('is given an event again when the ack was lost, and is told so', async () => {
    const peer = await startPeer({ retryDelaysMs: [0] });
    const retries: (number | undefined)[] = [];
    const ids = new Set<string>();
    await startBot(peer, transport, (app) => {
      app.use(async ({ context, body, next }) => {
        retries.push(context.retryNum);
        if ('event_id' in body) ids.add(String(body.event_id));
        await next();
      });
    });
    peer.faults.nextDelivery({ kind: 'lose-ack' });
    await peer.user('U1').say('C1', 'hello');
    expect(retries.map((retry) => retry ?? 0)).toEqual([0, 1]);
    expect(ids.size).toBe(1);
  });

  test('is given duplicates and events out of order', async () => {
    const peer = await startPeer();
    const heard: string[] = [];
    await startBot(peer, transport, (app) => {
      app.message(async ({ message }) => void heard.push('text' in message ? (message.text ?? '') : ''));
    });
    peer.faults.nextDelivery({ kind: 'duplicate' }, { kind: 'after-next' });
    await peer.user('U1').say('C1', 'twice');
    const late = peer.user('U1').say('C1', 'late');
    await peer.user('U1').say('C1', 'early');
    await late;
    expect(heard).toEqual(['twice', 'twice', 'early', 'late']);
  });

  test('fails a person when it does not acknowledge in time', async () => {
    const peer = await startPeer({ ackTimeoutMs: 60 });
    await startBot(peer, transport, (app) => app.command('/licence', () => new Promise(() => undefined)));
    const act = peer.user('U1').slash('C1', '/licence');
    await expect(act).rejects.toThrow(NotAcknowledgedError);
  });

  test('serves two teams with a token each', async () => {
    const peer = await startPeer();
    peer.addTeam(SECOND_TEAM);
    await startBot(peer, transport, (app) => {
      app.message(async ({ message, say }) => void (message.subtype === undefined && (await say({ text: 'here' }))));
    });
    await peer.user('U1').say('C1', 'one');
    await peer.user('U21').say('C21', 'two');
    await peer.waitFor(() => peer.calls('chat.postMessage').length === 2);
    await peer.settled();
    expect(peer.calls('chat.postMessage').map((call) => call.teamId)).toEqual(['T1', 'T2']);
    expect(peer.messages('C21').map((message) => message.user)).toEqual(['U21', 'UBOT2']);
  });
});

describe('Socket Mode', () => {
  test.each(['warning', 'refresh_requested', 'drop'] as const)('the app comes back after %s', async (how) => {
    const peer = await startPeer();
    await startBot(peer, 'socket', (app) => app.command('/licence', async ({ ack }) => ack('back')));
    if (how === 'drop') peer.socket.drop();
    else peer.socket.disconnect(how);
    await peer.waitFor(() => peer.socket.count() === 0);
    await peer.socket.whenConnected();
    await peer.user('U1').slash('C1', '/licence');
    expect(peer.ephemeral('U1')).toHaveLength(1);
  });

  test('a connection needs the app token', async () => {
    const peer = await startPeer();
    await expect(web(peer).apps.connections.open({})).rejects.toEqual(code('not_allowed_token_type'));
  });
});

describe('the Web API', () => {
  test.each([
    ['channel_not_found', { channel: 'C9', text: 'x' }],
    ['not_in_channel', { channel: 'C2', text: 'x' }],
    ['is_archived', { channel: 'C3', text: 'x' }],
    ['no_text', { channel: 'C1', text: '' }],
    ['thread_not_found', { channel: 'C1', text: 'x', thread_ts: '1.000001' }],
  ])('answers %s', async (error, args) => {
    const peer = await startPeer();
    await expect(web(peer).chat.postMessage(args)).rejects.toEqual(code(error));
  });

  test.each([
    ['a section of 3001 characters', [{ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3001) } }]],
    ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' }))],
    ['a button label of 76 characters', [{ type: 'actions', elements: [button('a', 'x'.repeat(76))] }]],
    ['an action_id twice in a block', [{ type: 'actions', elements: [button('a', 'x'), button('a', 'y')] }]],
    ['a header of 151 characters', [{ type: 'header', text: { type: 'plain_text', text: 'x'.repeat(151) } }]],
    ['101 options', [{ type: 'actions', elements: [select(101)] }]],
  ])('refuses %s', async (_, blocks) => {
    const peer = await startPeer();
    const post = web(peer).apiCall('chat.postMessage', { channel: 'C1', text: 'x', blocks });
    await expect(post).rejects.toEqual(code('invalid_blocks'));
    expect(peer.messages('C1')).toEqual([]);
  });

  test('takes what is just within the limits', async () => {
    const peer = await startPeer();
    const blocks = [
      { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(3000) } },
      { type: 'actions', elements: [button('a', 'x'.repeat(75)), select(100)] },
    ];
    await web(peer).apiCall('chat.postMessage', { channel: 'C1', text: 'x', blocks });
    expect(peer.messages('C1')).toHaveLength(1);
  });

  test('refuses more than 13,200 characters of block text', async () => {
    const peer = await startPeer();
    const section = { type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(2700) } };
    const post = web(peer).apiCall('chat.postMessage', { channel: 'C1', text: 'x', blocks: Array(5).fill(section) });
    await expect(post).rejects.toEqual(code('msg_blocks_too_long'));
  });

  test('does not update an ephemeral message or a message of somebody else', async () => {
    const peer = await startPeer();
    const { message_ts: ts = '' } = await web(peer).chat.postEphemeral({ channel: 'C1', user: 'U1', text: 'psst' });
    await expect(web(peer).chat.update({ channel: 'C1', ts, text: 'x' })).rejects.toEqual(code('message_not_found'));
    const theirs = peer.user('U1').say('C2', 'mine');
    await web(peer).conversations.join({ channel: 'C2' });
    const update = web(peer).chat.update({ channel: 'C2', ts: (await theirs).ts, text: 'x' });
    await expect(update).rejects.toEqual(code('cant_update_message'));
  });

  test('knows a token that was revoked, one without the scope, and none', async () => {
    const peer = await startPeer({ teams: [{ ...SECOND_TEAM, scopes: ['commands'] }] });
    const client = web(peer, SECOND_TEAM.botToken);
    await expect(client.users.info({ user: 'U21' })).rejects.toEqual(code('missing_scope'));
    await client.auth.revoke();
    await expect(client.auth.test()).rejects.toEqual(code('token_revoked'));
    await expect(web(peer, 'xoxb-other').auth.test()).rejects.toEqual(code('invalid_auth'));
  });

  test('tells a locale only when asked', async () => {
    const peer = await startPeer();
    const asked = await web(peer).users.info({ user: 'U2', include_locale: true });
    expect(asked.user?.locale).toBe('ja-JP');
    expect((await web(peer).users.info({ user: 'U2' })).user?.locale).toBeUndefined();
  });

  test('gives a token for a code once', async () => {
    const peer = await startPeer({ teams: [{ ...SECOND_TEAM, installed: false }] });
    await expect(web(peer, SECOND_TEAM.botToken).auth.test()).rejects.toEqual(code('invalid_auth'));
    const consent = await fetch(`${peer.authorizationUrl}?redirect_uri=http://bot/back&state=s`, {
      redirect: 'manual',
    });
    const back = new URL(consent.headers.get('location') ?? '');
    const args = {
      ...{ client_id: peer.app.clientId, client_secret: peer.app.clientSecret },
      code: back.searchParams.get('code') ?? '',
    };
    const granted = await web(peer).oauth.v2.access(args);
    expect((await web(peer, granted.access_token ?? '').auth.test()).team_id).toBe('T2');
    await expect(web(peer).oauth.v2.access(args)).rejects.toEqual(code('code_already_used'));
  });

  test('gives a file to who holds the token', async () => {
    const peer = await startPeer();
    const message = await peer.user('U1').say('C2', 'see', { files: [{ name: 'dlv.txt', content: 'Name: Windows' }] });
    const url = String(message.files?.[0]?.url_private_download);
    const get = async (token: string) => (await fetch(url, { headers: { authorization: `Bearer ${token}` } })).text();
    expect(await get('xoxb-t1-peer')).toBe('Name: Windows');
    expect(await get('xoxb-other')).toContain('<html>');
  });

  test('suffers the faults that are planned', async () => {
    const peer = await startPeer();
    const client = web(peer);
    const post = () => client.chat.postMessage({ channel: 'C1', text: 'x' });
    peer.faults.next('chat.postMessage', { kind: '429', retryAfterS: 7 }, { kind: 'error', error: 'fatal_error' });
    peer.faults.next('chat.postMessage', { kind: 'http500' }, { kind: 'reset-after-commit' });
    await expect(post()).rejects.toEqual(expect.objectContaining({ retryAfter: 7 }));
    await expect(post()).rejects.toEqual(code('fatal_error'));
    await expect(post()).rejects.toThrow();
    expect(peer.messages('C1')).toHaveLength(0);
    await expect(post()).rejects.toThrow();
    expect(peer.messages('C1')).toHaveLength(1);
  });

  test('limits a channel to a message a second when asked to', async () => {
    let now = 1_800_000_000_000;
    const peer = await startPeer({ now: () => now });
    peer.limitPosting(true);
    const post = () => web(peer).chat.postMessage({ channel: 'C1', text: 'x' });
    await post();
    await expect(post()).rejects.toEqual(expect.objectContaining({ retryAfter: 1 }));
    now += 1000;
    await post();
  });
});

describe('what a person gives the app', () => {
  async function pressed(now: () => number) {
    const peer = await startPeer({ now });
    const got: { trigger: string; respond: (text: string) => Promise<unknown> }[] = [];
    await startBot(peer, 'http', (app) => {
      app.command('/licence', async ({ ack, body, respond }) => {
        await ack();
        got.push({ trigger: body.trigger_id, respond: (text) => respond(text) });
      });
    });
    await peer.user('U1').slash('C1', '/licence');
    const [first] = got;
    if (!first) throw new Error('not heard');
    return { peer, ...first };
  }

  test('a trigger_id lasts three seconds and one use', async () => {
    let now = 1_800_000_000_000;
    const { peer, trigger } = await pressed(() => now);
    const open = (trigger_id: string) => web(peer).views.open({ trigger_id, view: FORM });
    await open(trigger);
    await expect(open(trigger)).rejects.toEqual(code('exchanged_trigger_id'));
    const late = await pressed(() => now);
    now += 3001;
    const tooLate = web(late.peer).views.open({ trigger_id: late.trigger, view: FORM });
    await expect(tooLate).rejects.toEqual(code('expired_trigger_id'));
  });

  test('a response_url lasts five uses and thirty minutes', async () => {
    let now = 1_800_000_000_000;
    const { peer, respond } = await pressed(() => now);
    for (const use of ['1', '2', '3', '4', '5']) await respond(use);
    await expect(respond('6')).rejects.toThrow('404');
    expect(peer.ephemeral('U1').map((message) => message.text)).toEqual(['1', '2', '3', '4', '5']);
    const late = await pressed(() => now);
    now += 30 * 60_000 + 1;
    await expect(late.respond('late')).rejects.toThrow('404');
  });
});

describe('a wait', () => {
  test('that comes to nothing names what was seen', async () => {
    const peer = await startPeer();
    await web(peer).chat.postMessage({ channel: 'C1', text: 'something else' });
    const wait = peer.waitFor(() => peer.messages('C1').find((message) => message.text === 'this'), 20);
    await expect(wait).rejects.toThrow('something else');
  });
});

const SPECS = new URL('../../../shared/specs/slack/', import.meta.url);

describe.skipIf(!existsSync(SPECS))('beside what Slack and its SDKs have recorded', () => {
  const recorded = (file: string) => readFileSync(new URL(file, SPECS), 'utf8');

  test('the signature is that of the documented example', () => {
    const { signing_secret, timestamp, body, signature } = JSON.parse(recorded('signature-known-answer.json'));
    expect(sign(signing_secret, timestamp, body)).toBe(signature);
  });

  test('the payloads carry every key of the recorded ones', async () => {
    const peer = await startPeer();
    const app = await startBot(peer, 'http', (app) => {
      app.use(async ({ body, next, ...args }) => {
        await next();
        if ('ack' in args && !('event' in body)) await (args.ack as () => Promise<void>)();
      });
    });
    const ada = peer.user('U1');
    await ada.slash('C1', '/licence');
    const mention = await ada.mention('C1', 'hello');
    await app.client.chat.postMessage({ token: 'xoxb-t1-peer', channel: 'C1', text: 'which?', blocks: ASK });
    const which = await peer.waitFor(() => peer.messages('C1').find((message) => message.text === 'which?'));
    await ada.press(which, 'Yes');
    await ada.shortcut(mention, 'diagnose');
    const open = { trigger_id: String(sent(peer, 'block_actions').trigger_id), view: FORM };
    await app.client.views.open({ token: 'xoxb-t1-peer', ...open });
    const form = await peer.waitFor(() => peer.views('U1')[0]);
    await ada.submitView(form, { users: '25' });

    const slash = Object.fromEntries(new URLSearchParams(recorded('payloads/slash-commands/empty-text.form.txt')));
    const { enterprise_id: _, enterprise_name: __, ...slashInTeam } = slash;
    expect(missingKeys(slashInTeam, sent(peer, '/licence'))).toEqual([]);
    const socket = (file: string) => JSON.parse(recorded(`payloads/socket-mode/${file}.json`)).payload;
    expect(missingKeys(socket('events-api-app-mention-retry'), sent(peer, 'app_mention'))).toEqual([]);
    expect(missingKeys(socket('interactive-block-actions'), sent(peer, 'block_actions'))).toEqual([]);
    const json = (file: string) => JSON.parse(recorded(`payloads/${file}.json`));
    expect(missingKeys(json('interactive/message-shortcut'), sent(peer, 'message_action'))).toEqual([]);
    expect(missingKeys(json('views/view-submission-real'), sent(peer, 'view_submission'))).toEqual(
      // The recorded form has ids of its own.
      ['view.state.values.request-block'],
    );
  });

  test('a misspelt key in a block is refused', async () => {
    const peer = await startPeer();
    const blocks = [{ type: 'section', txt: 'x', text: { type: 'mrkdwn', text: 'x' } }];
    const post = web(peer).apiCall('chat.postMessage', { channel: 'C1', text: 'x', blocks });
    await expect(post).rejects.toEqual(code('invalid_blocks'));
  });
});

/** The payload of the first delivery of that type. */
function sent(peer: SlackPeer, type: string): Json {
  return peer.deliveries.find((delivery) => delivery.type === type)?.parcel.payload ?? {};
}

/** Paths of keys that `recorded` has and `ours` has not, into objects but not into lists. */
function missingKeys(recorded: unknown, ours: unknown, path = ''): string[] {
  if (!isJson(recorded)) return [];
  if (!isJson(ours)) return [path];
  return Object.entries(recorded).flatMap(([key, value]) => {
    const below = path === '' ? key : `${path}.${key}`;
    return key in ours ? missingKeys(value, ours[key], below) : [below];
  });
}

function button(action_id: string, text: string) {
  return { type: 'button', action_id, text: { type: 'plain_text', text } };
}

function select(count: number) {
  const options = Array.from({ length: count }, (_, index) => ({
    text: { type: 'plain_text', text: `option ${index}` },
    value: String(index),
  }));
  return { type: 'static_select', action_id: 'select', options };
}
