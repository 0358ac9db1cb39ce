import { afterEach, describe, expect, test } from 'vitest';
import { createRequestTracker } from '../../adapters/tickets/request-tracker.ts';
import { createWebhook } from '../../adapters/tickets/webhook.ts';
import { createZendesk } from '../../adapters/tickets/zendesk.ts';
import { renderTicket } from '../../src/handoff/render-ticket.ts';
import { commentIn, knowledge, makLimit } from '../support/cases.ts';
import { type HttpVendor, startHttpVendor, type VendorAnswer } from '../support/ticket-vendor/http-vendor.ts';
import { TestClock } from '../support/ticket-vendor/vendor.ts';
import { webhookDialect } from '../support/ticket-vendor/webhook-dialect.ts';
import { zendeskDialect } from '../support/ticket-vendor/zendesk-dialect.ts';

const ticket = renderTicket(knowledge, makLimit, 'en');
const comment = commentIn(ticket, 17);
const link = { id: '7', number: '7', url: null };
const key = (byte: number) => `whsec_${Buffer.alloc(32, byte).toString('base64')}`;
let vendor: HttpVendor | undefined;
afterEach(() => vendor?.close());

async function answering(answer: VendorAnswer): Promise<string> {
  vendor = await startHttpVendor({ isSending: () => false, take: () => answer, answer: () => answer }, new TestClock());
  return vendor.url;
}

const tracker = (url: string) =>
  createRequestTracker({
    url,
    queue: 'General',
    credentials: { kind: 'password', user: 'root', password: 'x' },
    referenceField: undefined,
    timeoutMs: 200,
  });

describe('Request Tracker', () => {
  test('does not take a 200 with a sentence for a ticket', async () => {
    const url = await answering({ status: 200, json: ['Status could not be set'] });
    expect(await tracker(url).create(ticket)).toMatchObject({ kind: 'ambiguous' });
  });

  test('is searched by the number in the subject where it has no field for us', async () => {
    const url = await answering({ status: 200, json: { items: [{ id: 7 }] } });
    expect(await tracker(url).find(ticket)).toEqual({
      kind: 'found',
      tickets: [{ id: '7', number: '7', url: `${url}/Ticket/Display.html?id=7` }],
    });
    expect(decodeURIComponent(vendor?.received() ?? '')).toContain("Subject LIKE 'LIC-BCDFGHJKMN'");
  });

  test('takes neither a 200 with a sentence for a comment, nor an empty history for one without it', async () => {
    const url = await answering({ status: 200, json: ['Status could not be set'] });
    expect(await tracker(url).comment(link, comment)).toMatchObject({ kind: 'ambiguous' });
    await vendor?.close();
    const other = await answering({ status: 200, json: { items: [] } });
    expect(await tracker(other).hasComment(link, comment)).toMatchObject({ kind: 'retryable' });
  });

  test('may live in a folder of its host', async () => {
    const url = await answering({ status: 200, json: {} });
    await tracker(`${url}/rt`).probe();
    expect(vendor?.received()).toContain('/rt/REST/2.0/queue/General');
  });
});

describe('a signed webhook', () => {
  test('is signed with both secrets while one takes the other’s place', async () => {
    vendor = await startHttpVendor(webhookDialect(key(2)), new TestClock());
    const desk = createWebhook({ url: vendor.url, secrets: [key(1), key(2)], privateNetwork: true, timeoutMs: 200 });
    expect(await desk.create(ticket)).toMatchObject({ kind: 'created', ticket: { number: 'H-101' } });
  });

  test('is closed where the signature is refused, and where the receiver is gone', async () => {
    vendor = await startHttpVendor(webhookDialect(key(2)), new TestClock());
    const desk = createWebhook({ url: vendor.url, secrets: [key(1)], privateNetwork: true, timeoutMs: 200 });
    expect(await desk.create(ticket)).toMatchObject({ kind: 'closed' });
    vendor.answerAll(410);
    expect(await desk.create(ticket)).toMatchObject({ kind: 'closed' });
  });

  test('tells of a comment as an event of its own, under an id that stays', async () => {
    vendor = await startHttpVendor(webhookDialect(key(1)), new TestClock());
    const desk = createWebhook({ url: vendor.url, secrets: [key(1)], privateNetwork: true, timeoutMs: 2_000 });
    await desk.create(ticket);
    for (let tries = 0; tries < 2; tries += 1) expect(await desk.comment(link, comment)).toEqual({ kind: 'commented' });
    expect(vendor.tickets()[0]?.comments.map(({ body }) => body)).toEqual([comment.body]);
    expect(vendor.received()).toContain('"type":"case.comment.created"');
    expect(new Set(vendor.received().match(/"webhook-id":"[^"]+"/g)).size).toBe(2);
  });

  test('calls no private address unless it is allowed to', async () => {
    vendor = await startHttpVendor(webhookDialect(key(1)), new TestClock());
    const { port } = new URL(vendor.url);
    for (const host of ['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]']) {
      const desk = createWebhook({
        url: `http://${host}:${port}`,
        secrets: [key(1)],
        privateNetwork: false,
        timeoutMs: 200,
      });
      expect((await desk.create(ticket)).kind).toMatch(/closed|retryable/);
    }
    expect(vendor.received()).toBe('');
  });

  test('takes a number from the answer only where it is one', async () => {
    const url = await answering({ status: 200, json: { number: '7', url: 'javascript:alert(1)' } });
    const desk = createWebhook({ url, secrets: [key(1)], privateNetwork: true, timeoutMs: 200 });
    expect(await desk.create(ticket)).toMatchObject({ kind: 'created', ticket: { number: null, url: null } });
  });
});

describe('Zendesk', () => {
  test('gets the files once, however often they are brought', async () => {
    vendor = await startHttpVendor(zendeskDialect('t'), new TestClock());
    const desk = createZendesk({ url: vendor.url, email: 'bot@contoso.example', token: 't', timeoutMs: 200 });
    const created = await desk.create(ticket);
    if (created.kind !== 'created' || desk.attach === undefined) throw new Error('the ticket was not made');
    await desk.attach(created.ticket, ticket);
    const sizeBefore = vendor.received().length;
    expect(await desk.attach(created.ticket, ticket)).toEqual({ kind: 'attached' });
    expect(vendor.received().slice(sizeBefore)).not.toContain('uploads');
    expect(vendor.tickets()[0]?.files.size).toBe(3);
  });

  test('is closed where the token is wrong', async () => {
    vendor = await startHttpVendor(zendeskDialect('t'), new TestClock());
    const desk = createZendesk({ url: vendor.url, email: 'bot@contoso.example', token: 'wrong', timeoutMs: 200 });
    expect(await desk.create(ticket)).toMatchObject({ kind: 'closed' });
    expect(await desk.probe()).toMatchObject({ kind: 'closed' });
  });
});
