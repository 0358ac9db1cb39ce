import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStore, type Store } from '../../adapters/sql/store.ts';
import { createMailDesk } from '../../adapters/tickets/email.ts';
import { createRequestTracker } from '../../adapters/tickets/request-tracker.ts';
import { createWebhook } from '../../adapters/tickets/webhook.ts';
import { createZendesk } from '../../adapters/tickets/zendesk.ts';
import type { Case } from '../../src/handoff/case.ts';
import { readDetails } from '../../src/handoff/details.ts';
import { renderTicket } from '../../src/handoff/render-ticket.ts';
import type { ClaimedDelivery } from '../../src/ports/outbox.ts';
import type { TicketDesk } from '../../src/ports/ticket-desk.ts';
import { redact } from '../../src/reading/redact.ts';
import { createTicketDestination } from '../../src/service/ticket-destination.ts';
import { commentIn, knowledge, makLimit } from '../support/cases.ts';
import { startHttpVendor } from '../support/ticket-vendor/http-vendor.ts';
import { startMailVendor } from '../support/ticket-vendor/mail-vendor.ts';
import { requestTrackerDialect } from '../support/ticket-vendor/request-tracker-dialect.ts';
import { TestClock, type TicketVendor } from '../support/ticket-vendor/vendor.ts';
import { webhookDialect } from '../support/ticket-vendor/webhook-dialect.ts';
import { zendeskDialect } from '../support/ticket-vendor/zendesk-dialect.ts';

// A published client key: shaped like a secret, and none.
const key = 'N69G4-B89J2-4G8F4-WWYCC-J464C';
const digits = (length: number) => Array.from({ length }, (_, index) => (index * 7 + 3) % 10).join('');
const [installationId, confirmationId] = [digits(63), digits(48)];
const password = 'Sommer2026!pass';
const secrets = [key.replaceAll('-', ''), installationId, confirmationId, password];

const corpus = [
  key,
  key.toLowerCase(),
  key.replaceAll('-', ' '),
  `slmgr /ipk ${key}`,
  `\`${key}\``,
  [...key.replaceAll('-', '')].join(' '),
  `Installation ID: ${installationId}`,
  installationId.match(/.{7}/g)?.join('-') ?? '',
  `confirmation ${confirmationId.match(/.{6}/g)?.join(' ')}`,
  `cscript slmgr.vbs server01 CONTOSO\\admin ${password} /dlv`,
];

const signingKey = `whsec_${Buffer.alloc(32, 9).toString('base64')}`;
const clock = new TestClock();
const timeoutMs = 2_000;
const folder = mkdtempSync(join(tmpdir(), 'licence-desk-leak-'));
const logged: string[] = [];
const note = (fields: unknown, message: string) => void logged.push(JSON.stringify(fields), message);
const log = { info: note, warn: note, error: note };
const vendors: TicketVendor[] = [];
const desks: Record<string, { readonly desk: TicketDesk; readonly vendor: TicketVendor }> = {};
let store: Store;

beforeAll(async () => {
  store = await createStore(`sqlite:${join(folder, 'desk.db')}`, log);
  const [zendesk, tracker, webhook, mail] = await Promise.all([
    startHttpVendor(zendeskDialect('t'), clock),
    startHttpVendor(requestTrackerDialect('t'), clock),
    startHttpVendor(webhookDialect(signingKey), clock),
    startMailVendor(),
  ]);
  vendors.push(zendesk, tracker, webhook, mail);
  desks.zendesk = {
    vendor: zendesk,
    desk: createZendesk({ url: zendesk.url, email: 'bot@contoso.example', token: 't', timeoutMs }),
  };
  desks.tracker = {
    vendor: tracker,
    desk: createRequestTracker({
      url: tracker.url,
      queue: 'General',
      credentials: { kind: 'token', token: 't' },
      referenceField: 'Case',
      timeoutMs,
    }),
  };
  desks.webhook = {
    vendor: webhook,
    desk: createWebhook({ url: webhook.url, secrets: [signingKey], privateNetwork: true, timeoutMs }),
  };
  desks.mail = {
    vendor: mail,
    desk: createMailDesk({
      host: '127.0.0.1',
      port: mail.port,
      tls: 'none',
      credentials: { kind: 'none' },
      from: 'desk@contoso.example',
      to: 'x@desk.example',
      timeoutMs,
    }),
  };
});

afterAll(async () => {
  await Promise.all(vendors.map((vendor) => vendor.close()));
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The case of a person who writes a text everywhere a text can be written. `intake` is what the bot does to it first. */
function caseWith(text: string, intake: (text: string) => string): Case {
  const clean = intake(text);
  const fields = knowledge.tickets.fields.filter(
    ({ kind, max = 200 }) => (kind === 'text' || kind === 'paragraph') && clean.length <= max,
  );
  const read = readDetails(knowledge, fields, Object.fromEntries(fields.map(({ id }) => [id, clean])));
  const said = read.kind === 'details' ? read.said : {};
  const details = Object.fromEntries(
    Object.entries(said).map(([field, detail]) => [
      field,
      { ...detail, origin: 'said' as const, by: 'U1', at: makLimit.at },
    ]),
  );
  return {
    ...makLimit,
    details: { ...makLimit.details, ...details },
    outputs: [{ at: makLimit.at, text: clean }],
    transcript: [{ at: makLimit.at, speaker: 'requester', text: clean }],
  };
}

async function deliver(name: string, item: Case, suffix: string): Promise<string> {
  const ticket = renderTicket(knowledge, item, 'ja');
  return bring(name, {
    kind: 'ticket',
    conversation: 'c',
    ticket: { ...ticket, reference: `${ticket.reference}:${suffix}` },
  });
}

async function bring(name: string, content: object): Promise<string> {
  const entry = desks[name];
  if (entry === undefined) throw new Error(`there is no desk ${name}`);
  const destination = createTicketDestination({
    isSuperseded: async () => false,
    name,
    desk: entry.desk,
    tickets: store.tickets,
    clock,
    log,
    report: async (outcome) => note(outcome, ''),
  });
  const result = await destination.deliver({
    id: 'd',
    lane: 'l',
    destination: destination.name,
    due: '',
    attempts: 0,
    ambiguous: false,
    content,
  } as unknown as ClaimedDelivery);
  return result.kind;
}

/** Every place a secret could have got to, without the separators it may be written with. */
function everything(): string {
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name)).toString('latin1'));
  return [...files, ...logged, ...vendors.map((vendor) => vendor.received())].join('\n');
}

function leaks(): readonly string[] {
  const text = everything();
  const packed = text.replace(/[\s\\n\-–.,|/"`>]+/g, '').toUpperCase();
  return secrets.filter((secret) => text.includes(secret) || packed.includes(secret.toUpperCase()));
}

describe('a secret', () => {
  test.each(['zendesk', 'tracker', 'webhook', 'mail'])(
    'that somebody typed reaches neither %s nor the database nor the log',
    async (name) => {
      for (const [index, text] of corpus.entries()) {
        expect(
          await deliver(
            name,
            caseWith(text, (raw) => redact(raw).text),
            `${name}${index}`,
          ),
        ).toBe('delivered');
      }
      expect(desks[name]?.vendor.tickets()).toHaveLength(corpus.length);
      expect(leaks()).toEqual([]);
    },
  );

  test.each(['zendesk', 'tracker', 'webhook', 'mail'])(
    'that slipped through the intake is stopped before %s',
    async (name) => {
      const before = desks[name]?.vendor.received();
      for (const [index, text] of corpus.entries()) {
        expect(
          await deliver(
            name,
            caseWith(text, (raw) => raw),
            `raw-${name}${index}`,
          ),
          text,
        ).toBe('rejected');
      }
      expect(desks[name]?.vendor.received()).toBe(before);
      expect(leaks()).toEqual([]);
    },
  );

  test.each(['zendesk', 'tracker', 'webhook', 'mail'])(
    'that somebody answers reaches %s masked, and stops there where it slipped through the intake',
    async (name) => {
      await deliver(name, makLimit, `answered-${name}`);
      const ticket = renderTicket(knowledge, makLimit, 'ja');
      const reference = `${ticket.reference}:answered-${name}`;
      for (const [index, text] of corpus.entries()) {
        const comment = commentIn({ ...ticket, reference }, index + 1);
        const answering = (said: string, turn: number) =>
          bring(name, {
            kind: 'comment',
            conversation: 'c',
            comment: { ...comment, reference: `${comment.reference}${turn}`, body: `${said}\n\n${comment.body}` },
          });
        expect(await answering(redact(text).text, 1), text).toBe('delivered');
        expect(await answering(text, 2), text).toBe('rejected');
      }
      const there = desks[name]?.vendor.tickets().find((each) => each.reference === reference);
      expect(there?.comments).toHaveLength(corpus.length);
      expect(leaks()).toEqual([]);
    },
  );

  test('that two harmless fields make together is stopped too', async () => {
    const halves = { maker: key.slice(0, 11), model: key.slice(12, 23) };
    for (const half of Object.values(halves)) expect(redact(half).text).toBe(half);
    const said = Object.entries(halves).map(([field, value]) => [
      field,
      { value, why: null, origin: 'said' as const, by: 'U1', at: makLimit.at },
    ]);
    expect(
      await deliver('mail', { ...makLimit, details: { ...makLimit.details, ...Object.fromEntries(said) } }, 'halves'),
    ).toBe('rejected');
  });

  test('would be seen by this test', () => {
    logged.push(`"${key.split('-').join(' ')}"`);
    expect(leaks()).toEqual([secrets[0]]);
    expect(everything()).toContain('[KEY …J464C]');
  });
});
