import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterEach, describe, expect, test } from 'vitest';
import { createHttpServer } from '../../adapters/http/server.ts';
import { openTicketDesks } from '../../adapters/ticket-desks.ts';
import { TicketSystem } from '../../adapters/tickets/system.ts';
import type { TicketOutcome } from '../../src/service/ticket-outcome.ts';
import { MemoryTickets } from '../support/memory-tickets.ts';

const secrets = [1, 2, 3].map((byte) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`);
const [current = '', previous = '', foreign = ''] = secrets;
const zendeskSecret = 'the signing secret of Zendesk';
const reference = 'ld:slack:T1:bcdfghjkmnpqrs:1';
const post = { reference, event: 'replied', text: 'We look at it.', by: 'Sato', id: '77' };
const body = JSON.stringify(post);
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

function configured(name: string, value: string): { readonly env: string } {
  process.env[name] = value;
  return { env: name };
}

const systems = {
  hook: TicketSystem.parse({
    ...{ kind: 'webhook', url: 'https://desk.example/hook' },
    secrets: [configured('LD_TEST_CURRENT', current), configured('LD_TEST_PREVIOUS', previous)],
  }),
  zendesk: TicketSystem.parse({
    ...{ kind: 'zendesk', url: 'https://example.zendesk.com', email: 'bot@contoso.example' },
    ...{ token: configured('LD_TEST_TOKEN', 't'), 'webhook-secret': configured('LD_TEST_ZENDESK', zendeskSecret) },
  }),
  silent: TicketSystem.parse({
    ...{ kind: 'zendesk', url: 'https://example.zendesk.com', email: 'bot@contoso.example' },
    token: { env: 'LD_TEST_TOKEN' },
  }),
};

/** The process's server with these desks, each of which has the ticket. */
async function serve() {
  const tickets = new MemoryTickets();
  const outcomes: TicketOutcome[] = [];
  const logged: string[] = [];
  const write = (fields: unknown, message: string) => void logged.push(JSON.stringify({ fields, message }));
  const log = { info: write, warn: write, error: write };
  let isBroken = false;
  for (const desk of Object.keys(systems))
    await tickets.save({
      ...{
        reference,
        desk,
        conversation: 'bcdfghjkmnpqrs',
        version: 1,
        state: 'created',
        sends: 1,
        looks: 0,
        tries: 1,
      },
      ...{ triedSince: null, firstSentAt: null, lastSentAt: null, ticket: null, complete: true, reason: null },
    });
  const bot = {
    async hear(outcome: TicketOutcome) {
      if (isBroken) throw new Error('the database is away');
      outcomes.push(outcome);
    },
  };
  const desks = Object.fromEntries(
    Object.entries(systems).map(([name, system]) => [name, { name, country: 'JP', language: 'en' as const, system }]),
  );
  const conversations = { load: async () => undefined };
  const clock = { now: () => new Date() };
  const { routes } = await openTicketDesks(desks, { conversations, tickets, bot, log, clock, waiting: [] });
  const server = await createHttpServer({
    ...{ port: 0, host: '127.0.0.1', routes, ready: () => true, metrics: async () => '', log },
  });
  open.push(() => server.close());
  const send = async (name: string, headers: Record<string, string>, content = body, method = 'POST') => {
    const url = `http://127.0.0.1:${server.port}/desks/${name}`;
    const answer = await fetch(url, {
      method,
      headers: { ...headers, connection: 'close' },
      ...(method === 'POST' ? { body: content } : {}),
    });
    return answer.status;
  };
  const fail = () => {
    isBroken = true;
  };
  return { send, outcomes, logged, fail, port: server.port };
}

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);

function webhookHeaders(secret: string, content = body, at = new Date(), id = 'msg_1'): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, content),
  };
}

function zendeskHeaders(secret: string, content = body, at = new Date()): Record<string, string> {
  const timestamp = at.toISOString();
  return {
    'x-zendesk-webhook-signature-timestamp': timestamp,
    'x-zendesk-webhook-signature': createHmac('sha256', secret)
      .update(timestamp + content)
      .digest('base64'),
  };
}

const desks = [
  { name: 'hook', right: current, wrong: foreign, sign: webhookHeaders },
  { name: 'zendesk', right: zendeskSecret, wrong: 'another secret', sign: zendeskHeaders },
] as const;

describe.each(desks)('a post of the $name desk', ({ name, right, wrong, sign }) => {
  test('that is signed and new is heard', async () => {
    const { send, outcomes, logged } = await serve();
    expect(await send(name, sign(right))).toBe(204);
    expect(outcomes).toMatchObject([{ kind: 'told', desk: name, id: '77', stage: 'replied', reference }]);
    expect(logged).toEqual([]);
  });

  test.each([
    ['by another secret', sign(wrong), body],
    ['over other words', sign(right), body.replace('look', 'spit')],
    ['over other white space', sign(right), body.replace(',', ', ')],
    ['six minutes ago', sign(right, body, minutesAgo(6)), body],
    ['six minutes from now', sign(right, body, minutesAgo(-6)), body],
    ['by nobody', {}, body],
  ])('signed %s is refused, and logged without its text', async (_, headers, content) => {
    const { send, outcomes, logged } = await serve();
    expect(await send(name, headers, content)).toBe(401);
    expect(outcomes).toEqual([]);
    expect(logged).toHaveLength(1);
    expect(logged.join()).not.toContain('look');
  });

  test('with a moved timestamp is refused', async () => {
    const { send } = await serve();
    const signed = sign(right, body, minutesAgo(6));
    const moved = Object.entries(sign(right)).filter(([header]) => header.endsWith('timestamp'));
    expect(await send(name, { ...signed, ...Object.fromEntries(moved) })).toBe(401);
  });

  test.each([
    ['no JSON', 'reference=1'],
    ['nothing', ''],
    ['no id', JSON.stringify({ ...post, id: undefined })],
    ['an unknown event', JSON.stringify({ ...post, event: 'deleted' })],
    ['more than that', JSON.stringify({ ...post, html: '<b>secret</b>' })],
    ['what we sent ourselves', JSON.stringify({ type: 'case.created', timestamp: '', data: {} })],
  ])('that holds %s is refused, and logged without its text', async (_, content) => {
    const { send, outcomes, logged } = await serve();
    expect(await send(name, sign(right, content), content)).toBe(400);
    expect(outcomes).toEqual([]);
    expect(logged.join()).not.toMatch(/secret|deleted|look/);
  });

  test('about no ticket of this desk is refused', async () => {
    const { send, outcomes } = await serve();
    const content = JSON.stringify({ ...post, reference: 'ld:slack:T1:bcdfghjkmnpqrs:9' });
    expect(await send(name, sign(right, content), content)).toBe(404);
    expect(outcomes).toEqual([]);
  });

  test('that is too large is refused, also where it does not say how large it is', async () => {
    const { send, port, outcomes } = await serve();
    const content = JSON.stringify({ ...post, text: 'x'.repeat(70_000) });
    expect(await send(name, sign(right, content), content)).toBe(413);
    const socket = connect(port, '127.0.0.1');
    const answered = new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))));
    socket.on('error', () => {});
    socket.write(`POST /desks/${name} HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n`);
    socket.write(`${(70_000).toString(16)}\r\n${'x'.repeat(70_000)}\r\n`);
    expect(await answered).toContain(' 413 ');
    socket.destroy();
    expect(outcomes).toEqual([]);
  });

  test('that cannot be kept may come again', async () => {
    const { send, fail, logged } = await serve();
    fail();
    expect(await send(name, sign(right))).toBe(500);
    expect(logged.join()).not.toContain('look');
  });
});

describe('where desks are heard', () => {
  test('both secrets of a webhook are taken while they change over', async () => {
    const { send } = await serve();
    expect(await send('hook', webhookHeaders(previous))).toBe(204);
  });

  test('one desk’s secret is nothing to another, and a desk without one has no such place', async () => {
    const { send } = await serve();
    expect(await send('zendesk', webhookHeaders(current))).toBe(401);
    expect(await send('silent', zendeskHeaders(zendeskSecret))).toBe(404);
    expect(await send('hook', {}, '', 'GET')).toBe(405);
  });
});
