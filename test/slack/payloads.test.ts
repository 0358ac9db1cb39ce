import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { sign } from '../support/slack-peer/http-transport.ts';
import { createWorkbench, type Workbench } from './workbench.ts';

const recorded = new URL('../../../shared/specs/slack/payloads/', import.meta.url);
const knownAnswer = new URL('../../../shared/specs/slack/signature-known-answer.json', import.meta.url);
const form = 'application/x-www-form-urlencoded';
const json = 'application/json';

const AddressInfo = z.object({ port: z.number() });

let workbench: Workbench;
beforeAll(async () => {
  workbench = await createWorkbench('http', { retryDelaysMs: [] });
});
afterAll(() => workbench.end());

interface Sent {
  readonly body: string;
  readonly type: string;
  readonly signature?: string;
  readonly timestamp?: string;
}

function send({ body, type, timestamp = String(Math.floor(Date.now() / 1000)), signature }: Sent): Promise<Response> {
  const seal = signature ?? sign(workbench.peer.app.signingSecret, timestamp, body);
  const headers = { 'content-type': type, 'x-slack-signature': seal, 'x-slack-request-timestamp': timestamp };
  return fetch(`${workbench.url()}/slack/events`, { method: 'POST', headers, body });
}

const asForm = (payload: string): Sent => ({ type: form, body: `payload=${encodeURIComponent(payload)}` });
const asEvent = (event: object): Sent => ({
  type: json,
  body: JSON.stringify({ type: 'event_callback', team_id: 'T1', event_id: 'Ev1', event_time: 1, event }),
});

/** What is stored: nothing may change by what is not ours or not well made. */
async function stored(): Promise<number> {
  const { database } = workbench.store();
  return (await database.read(database.sql.selectFrom('receipt').selectAll())).length;
}

function readFolder(folder: string): readonly (readonly [name: string, text: string])[] {
  const at = new URL(`${folder}/`, recorded);
  return existsSync(at)
    ? readdirSync(at).map((name) => [`${folder}/${name}`, readFileSync(new URL(name, at), 'utf8')])
    : [];
}

describe.skipIf(!existsSync(recorded))('what Slack was recorded to send (../shared/specs)', () => {
  const sent: (readonly [string, Sent])[] = [
    ...readFolder('slash-commands').map(([name, text]) => [name, { type: form, body: text.trim() }] as const),
    ...readFolder('interactive').map(([name, text]) => [name, asForm(text)] as const),
    ...readFolder('views')
      .filter(([name]) => name.includes('/view-'))
      .map(([name, text]) => [name, asForm(text)] as const),
    ...readFolder('events').map(([name, text]) => [name, { type: json, body: text }] as const),
    ...readFolder('events-inner').map(([name, text]) => [name, asEvent(JSON.parse(text))] as const),
    ...readFolder('socket-mode')
      .map(([name, text]) => [name, JSON.parse(text)] as const)
      .filter(([, frame]) => frame.payload !== undefined)
      .map(
        ([name, frame]) =>
          [
            name,
            frame.type === 'events_api'
              ? { type: json, body: JSON.stringify(frame.payload) }
              : asForm(JSON.stringify(frame.payload)),
          ] as const,
      ),
  ];

  test.each(sent)('%s is acknowledged', async (_, request) => {
    expect((await send(request)).status).toBe(200);
  });
});

describe('what nobody should send', () => {
  test.each([
    ['an unsigned request', { ...asForm('{}'), signature: 'v0=00' }],
    ['a signature that is old', { ...asForm('{}'), timestamp: '1531420618' }],
  ])('%s is refused', async (_, request) => {
    expect((await send(request)).status).toBe(401);
  });

  test.each([
    ['no signature at all', {}],
    ['a signature of another body', { 'x-slack-signature': `v0=${'0'.repeat(64)}`, 'x-slack-request-timestamp': '1' }],
  ])('a command with %s is refused', async (_, headers) => {
    const body = 'command=%2Flicence&text=0xC004FC07&team_id=T1&user_id=U1';
    const url = `${workbench.url()}/slack/events`;
    expect((await fetch(url, { method: 'POST', headers: { 'content-type': form, ...headers }, body })).status).toBe(
      401,
    );
  });

  test('the look at the certificate, which Slack does not sign, is answered, and what else it says is not read', async () => {
    const before = await stored();
    const body = `ssl_check=1&payload=${encodeURIComponent(JSON.stringify({ type: 'block_actions' }))}`;
    const answer = await send({ type: form, body, signature: 'v0=00' });
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe('');
    expect(await stored()).toBe(before);
  });

  test.each([
    ['no JSON', { type: json, body: '{"type":' }, 400],
    ['a form without a payload', { type: form, body: 'a=b' }, 200],
    ['an event without an event', { type: json, body: JSON.stringify({ type: 'event_callback', team_id: 'T1' }) }, 200],
    ['an event of numbers', asEvent({ type: 'message', channel: 1, ts: 2, user: 3 }), 500],
  ])('%s is answered, and changes nothing', async (_, request, status) => {
    const before = await stored();
    const answer = await send(request);
    expect(answer.status).toBe(status);
    expect(await stored()).toBe(before);
  });

  test.each([
    ['a message without anything', { type: 'message' }],
    [
      'a message of a bot',
      { type: 'message', channel: 'D1', channel_type: 'im', ts: '1.2', user: 'U1', bot_id: 'B9', text: '0xC004FC07' },
    ],
    ['a home tab of nobody', { type: 'app_home_opened', tab: 'home' }],
  ])('%s is acknowledged and changes nothing', async (_, event) => {
    const before = await stored();
    expect((await send(asEvent(event))).status).toBe(200);
    expect(await stored()).toBe(before);
  });

  test.each([
    ['an address of nothing', 'xyz'],
    ['an address of another conversation', '1.bcdfghjkmnpqrs.1.nav.back'],
    ['an address with a path in it', '1.new.0.start.../../etc/passwd'],
    ['an address of a megabyte', 'x'.repeat(1_000_000)],
  ])('a press with %s changes nothing', async (_, value) => {
    const before = await stored();
    const press = {
      type: 'block_actions',
      team: { id: 'T1' },
      user: { id: 'U1', team_id: 'T1' },
      trigger_id: '1.2.3',
      channel: { id: 'C1' },
      container: { type: 'message', message_ts: '1.2' },
      actions: [{ type: 'button', action_id: 'press.en.choice0', value }],
    };
    expect((await send(asForm(JSON.stringify(press)))).status).toBe(200);
    expect(await stored()).toBe(before);
  });

  test.each(['/files-pri/T1-F1/a.txt', '/https://files.slack.com/a.txt'])(
    'a file that lies elsewhere (%s) is not fetched: our token would go there',
    async (path) => {
      const heard: string[] = [];
      const elsewhere = createServer((request, response) => {
        heard.push(request.headers.authorization ?? '');
        response.end('0xC004FC07');
      });
      await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
      const { port } = AddressInfo.parse(elsewhere.address());
      const file = { id: 'F1', name: 'a.txt', mimetype: 'text/plain', url_private: `http://127.0.0.1:${port}${path}` };
      const message = {
        type: 'message',
        channel: 'D1',
        channel_type: 'im',
        ts: `3.${path.length}`,
        user: 'U1',
        files: [file],
      };
      expect((await send(asEvent({ ...message, subtype: 'file_share' }))).status).toBe(200);
      expect(workbench.logged.filter(({ message: says }) => says === 'slack: file elsewhere not read')).not.toEqual([]);
      expect(heard).toEqual([]);
      elsewhere.close();
    },
  );

  test('a form whose metadata is not ours is closed', async () => {
    const view = {
      id: 'V1',
      type: 'modal',
      callback_id: 'form',
      private_metadata: '{"address":1}',
      blocks: [],
      state: { values: {} },
    };
    const submission = { type: 'view_submission', team: { id: 'T1' }, user: { id: 'U1' }, trigger_id: '1.2.3', view };
    expect((await send(asForm(JSON.stringify(submission)))).status).toBe(200);
  });
});

describe.skipIf(!existsSync(knownAnswer))('a signature', () => {
  test('is the one Slack documents', () => {
    const { signing_secret: secret, timestamp, body, signature } = JSON.parse(readFileSync(knownAnswer, 'utf8'));
    expect(sign(secret, timestamp, body)).toBe(signature);
  });
});
