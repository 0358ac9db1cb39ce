import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createMailDesk } from '../../adapters/tickets/email.ts';
import { createRequestTracker } from '../../adapters/tickets/request-tracker.ts';
import { renderTicket } from '../../src/handoff/render-ticket.ts';
import type { Ticket } from '../../src/handoff/ticket.ts';
import { commentIn, knowledge, makLimit } from '../support/cases.ts';
import { MemoryTickets } from '../support/memory-tickets.ts';
import { decodeMail } from '../support/ticket-vendor/decode-mail.ts';
import { deliverToTheEnd } from '../support/ticket-vendor/deliver-to-the-end.ts';
import { TestClock } from '../support/ticket-vendor/vendor.ts';
import { install, rootPassword } from './install.ts';
import { sendFromSlack } from './person-in-slack.ts';
import { Servers } from './processes.ts';
import { type RealMail, startMail } from './real-mail.ts';
import { type RealRequestTracker, startRequestTracker } from './real-request-tracker.ts';

/*
 * npm run peers: real Exim and Dovecot receive real mail, a real Request Tracker 5 real tickets, over REST and by mail.
 * Installs them where they are missing (Debian, root); skips loudly where that cannot be.
 */

// A number of its own for each run: RT keeps what earlier runs made.
const letters = 'bcdfghjkmnpqrstvwxz';
const conversation = Array.from({ length: 14 }, () => letters[Math.floor(Math.random() * letters.length)]).join('');
const base = renderTicket(
  knowledge,
  { ...makLimit, conversation: { ...makLimit.conversation, id: conversation } },
  'ja',
);
const ticketNo = (number: number): Ticket => ({
  ...base,
  number: `${base.number}${letters[number]}`.toUpperCase(),
  subject: base.subject.replace(base.number, `${base.number}${letters[number]}`.toUpperCase()),
  reference: `${base.reference}${number}`,
});

let failures = 0;

async function check(name: string, body: () => Promise<void>): Promise<void> {
  try {
    await body();
    process.stdout.write(`ok    ${name}\n`);
  } catch (error) {
    failures += 1;
    process.stdout.write(
      `FAIL  ${name}\n      ${error instanceof Error ? error.message.slice(0, 1500) : String(error)}\n`,
    );
  }
}

async function overRest(tracker: RealRequestTracker): Promise<void> {
  const authorization = `Basic ${Buffer.from(`root:${rootPassword}`).toString('base64')}`;
  const get = async (path: string): Promise<unknown> =>
    (await fetch(`${tracker.url}/REST/2.0/${path}`, { headers: { authorization } })).json();
  const credentials = { kind: 'password', user: 'root', password: rootPassword } as const;
  const withField = createRequestTracker({ url: tracker.url, queue: 'General', credentials, referenceField: 'Case' });
  const bySubject = createRequestTracker({
    url: tracker.url,
    queue: 'General',
    credentials,
    referenceField: undefined,
  });
  const clock = new TestClock();

  await check('RT: the probe is well, and closed with a wrong password', async () => {
    assert.deepEqual(await withField.probe(), { kind: 'well' });
    const stranger = createRequestTracker({
      url: tracker.url,
      queue: 'General',
      credentials: { ...credentials, password: 'no' },
      referenceField: 'Case',
    });
    assert.equal((await stranger.probe()).kind, 'closed');
  });
  await check('RT: takes subject, body, field and files unharmed', async () => {
    const sent = ticketNo(0);
    const { result, record } = await deliverToTheEnd({ desk: withField, clock, ticket: sent, kills: [] });
    assert.equal(result.kind, 'delivered');
    const ticket = (await get(`ticket/${record?.ticket?.id}?fields=Subject,CustomFields`)) as { Subject: string };
    assert.equal(ticket.Subject, sent.subject);
    assert.match(JSON.stringify(ticket), new RegExp(sent.reference));
    const { items } = (await get(
      `ticket/${record?.ticket?.id}/attachments?fields=Filename,Content,ContentType&per_page=50`,
    )) as { items: readonly { Filename?: string; Content?: string }[] };
    const texts = items.map(({ Filename, Content }) => [Filename ?? '', asUtf8(Content ?? '')] as const);
    for (const file of sent.files)
      assert.ok(
        texts.some(([name, text]) => name === file.name && text.trimEnd() === file.text.trimEnd()),
        `${file.name} is not there as it was`,
      );
    assert.ok(
      texts.some(([, text]) => text.includes(sent.body.slice(0, 200))),
      'the body is not there',
    );
  });
  for (const [name, desk, number] of [
    ['its field', withField, 1],
    ['its subject', bySubject, 2],
  ] as const) {
    await check(`RT: one ticket, found by ${name}, when we die after it was made`, async () => {
      const sent = ticketNo(number);
      const { result } = await deliverToTheEnd({
        desk,
        clock,
        ticket: sent,
        kills: ['before save 2', 'before save 2'],
      });
      assert.equal(result.kind, 'delivered');
      const found = await desk.find(sent);
      assert.equal(found.kind === 'found' && found.tickets.length, 1);
    });
  }
  await check('RT: one correspondence, found in the history, when we die after it was made', async () => {
    const begun = { desk: withField, clock, ticket: ticketNo(6), tickets: new MemoryTickets() };
    const { record } = await deliverToTheEnd({ ...begun, kills: [] });
    const comment = commentIn(begun.ticket, 17);
    const kills = ['before save 2', 'before save 2'] as const;
    const { result, outcomes } = await deliverToTheEnd({ ...begun, comment, kills });
    assert.equal(result.kind, 'delivered');
    assert.equal(outcomes.at(-1)?.kind, 'answer');
    const path = `ticket/${record?.ticket?.id}/history?fields=Type&per_page=100`;
    const { items } = (await get(path)) as { items: readonly { Type: string }[] };
    assert.equal(items.filter(({ Type }) => Type === 'Correspond').length, 1);
    const link = record?.ticket ?? { id: '', number: null, url: null };
    const other = commentIn(begun.ticket, 18);
    assert.deepEqual(await withField.hasComment(link, other), { kind: 'looked', there: false });
  });
  await check('RT: a comment in a ticket that is not there is refused, not retried', async () => {
    const nowhere = { id: '99999999', number: null, url: null };
    assert.match((await withField.comment(nowhere, commentIn(ticketNo(6), 19))).kind, /rejected|closed/);
  });
  await check('RT: a queue that is not there is refused, not retried', async () => {
    const lost = createRequestTracker({ url: tracker.url, queue: 'Nowhere', credentials, referenceField: 'Case' });
    assert.match((await lost.create(ticketNo(3))).kind, /rejected|closed/);
  });
}

/** RT shows the bytes of a file that is no text one character a byte. */
function asUtf8(shown: string): string {
  const bytes = Buffer.from(shown, 'latin1');
  return bytes.toString('latin1') === shown ? bytes.toString('utf8') : shown;
}

async function byMail(mail: RealMail, tracker: RealRequestTracker): Promise<void> {
  const settings = {
    host: 'localhost',
    port: mail.port,
    tls: 'starttls',
    from: 'desk@contoso.example',
    to: 'support@desk.test',
    ca: mail.certificate,
  } as const;
  const credentials = { kind: 'password', user: 'desk', password: mail.password } as const;
  const desk = createMailDesk({ ...settings, credentials });
  const sent = ticketNo(4);
  let received = '';

  await check('mail: the probe is well over TLS, closed with a wrong password, retryable without trust', async () => {
    assert.deepEqual(await desk.probe(), { kind: 'well' });
    assert.equal(
      (await createMailDesk({ ...settings, credentials: { ...credentials, password: 'no' } }).probe()).kind,
      'closed',
    );
    const { ca: _, ...untrusting } = settings;
    assert.equal((await createMailDesk({ ...untrusting, credentials }).probe()).kind, 'retryable');
  });
  await check('mail: goes through Exim to Dovecot and is read over IMAP unharmed', async () => {
    const { result } = await deliverToTheEnd({ desk, clock: new TestClock(), ticket: sent, kills: [] });
    assert.deepEqual(result, { kind: 'delivered' });
    received = await firstMail(mail);
    const decoded = decodeMail(received);
    assert.equal(decoded.subject, sent.subject);
    assert.equal(decoded.body.trimEnd(), sent.body.trimEnd());
    assert.equal(decoded.reference, sent.reference);
    for (const { name, text } of sent.files) assert.equal(decoded.files.get(name), text);
  });
  await check('mail: an answer goes after it, in its thread', async () => {
    const comment = commentIn(sent, 17);
    const link = { id: '', number: null, url: null };
    assert.deepEqual(await desk.comment(link, comment), { kind: 'commented' });
    const answer = decodeMail(await waitForMail(mail, (source) => /^In-Reply-To:/im.test(source)));
    assert.equal(answer.inReplyTo, decodeMail(received).messageId);
    assert.equal(answer.subject, `Re: ${sent.subject}`);
    assert.equal(answer.body.trimEnd(), comment.body.trimEnd());
  });
  await check('mail: a recipient elsewhere is refused for good', async () => {
    const elsewhere = createMailDesk({ ...settings, to: 'someone@elsewhere.test', credentials });
    assert.equal((await elsewhere.create(ticketNo(5))).kind, 'rejected');
  });
  await check('mail: becomes a ticket in RT under its whole subject', async () => {
    tracker.receive(received);
    const found = await createRequestTracker({
      url: tracker.url,
      queue: 'General',
      credentials: { kind: 'password', user: 'root', password: rootPassword },
      referenceField: undefined,
    }).find(sent);
    assert.equal(found.kind === 'found' && found.tickets.length, 1);
  });
}

async function firstMail(mail: RealMail): Promise<string> {
  return waitForMail(mail, () => true);
}

async function waitForMail(mail: RealMail, isWanted: (source: string) => boolean): Promise<string> {
  for (let tries = 0; tries < 50; tries += 1) {
    const found = (await mail.mailbox()).find(isWanted);
    if (found !== undefined) return found;
    await pause(200);
  }
  throw new Error('no mail has arrived');
}

/** The process as it is started, from a person in Slack to the ticket in the real system. */
async function throughTheProduct(folder: string, mail: RealMail, tracker: RealRequestTracker): Promise<void> {
  const begin = (name: string) => {
    const place = join(folder, name);
    mkdirSync(place);
    return place;
  };
  await check(
    'product: a person in Slack sends a ticket to RT, sees its number and answers; RT has both, as they were shown',
    async () => {
      const seen = await sendFromSlack({
        folder: begin('over-rest'),
        environment: { RT_PASSWORD: rootPassword },
        system: {
          kind: 'request-tracker',
          url: tracker.url,
          queue: 'General',
          user: 'root',
          password: { env: 'RT_PASSWORD' },
          'reference-field': 'Case',
        },
      });
      const { items } = await ask(tracker, `tickets?query=${encodeURIComponent(`Subject LIKE '${seen.number}'`)}`);
      assert.equal(items.length, 1);
      const id = String(items[0]?.id);
      assert.match(seen.card, new RegExp(`\\b${id}\\b`));
      const { items: parts } = await ask(tracker, `ticket/${id}/attachments?fields=Filename,Content&per_page=50`);
      const texts = parts.map(({ Filename, Content }) => [Filename ?? '', asUtf8(Content ?? '')] as const);
      assert.deepEqual(
        ['case-file.json', 'transcript.md'].filter((name) => !texts.some(([file]) => file === name)),
        [],
      );
      const body = texts.find(([file, text]) => file === '' && text.includes('お世話になっております'))?.[1];
      assert.ok(
        withoutSpace(seen.preview).includes(withoutSpace(body ?? 'there is no body')),
        'the body is not what was shown',
      );
      const { Subject } = await ask(tracker, `ticket/${id}?fields=Subject`);
      assert.ok(
        withoutSpace(seen.preview).includes(withoutSpace(Subject ?? 'none')),
        'the subject is not what was shown',
      );
      const answer = parts.find(({ Content }) => asUtf8(Content ?? '').includes('チャットから送信'));
      assert.ok(
        withoutSpace(seen.answer).includes(withoutSpace(asUtf8(answer?.Content ?? 'there is no answer'))),
        'the answer is not what was shown',
      );
      process.stdout.write(`      the person saw: ${seen.card.replaceAll('\n', ' ')}\n`);
    },
  );
  await check(
    'product: a person in Slack mails a ticket and answers; Dovecot has both, as they were shown',
    async () => {
      const certificate = join(folder, 'extra-ca.pem');
      writeFileSync(certificate, mail.certificate);
      const seen = await sendFromSlack({
        folder: begin('by-mail'),
        environment: { MAIL_PASSWORD: mail.password, NODE_EXTRA_CA_CERTS: certificate },
        system: {
          kind: 'email',
          host: 'localhost',
          port: mail.port,
          user: 'desk',
          password: { env: 'MAIL_PASSWORD' },
          from: 'desk@contoso.example',
          to: 'support@desk.test',
        },
      });
      await waitForMail(mail, (source) => decodeMail(source).subject.includes(seen.number));
      await waitForMail(mail, (source) => decodeMail(source).subject.startsWith(`Re: 【${seen.number}】`));
      const both = (await mail.mailbox()).map(decodeMail).filter(({ subject }) => subject.includes(seen.number));
      const mails = both.filter(({ inReplyTo }) => inReplyTo === '');
      assert.deepEqual([mails.length, both.length], [1, 2]);
      const [{ subject, body, files, messageId } = decodeMail('')] = mails;
      const answer = both.find(({ inReplyTo }) => inReplyTo === messageId);
      assert.ok(
        withoutSpace(seen.answer).includes(withoutSpace(answer?.body ?? 'there is no answer')),
        'the answer is not what was shown',
      );
      assert.ok(
        withoutSpace(seen.preview).includes(withoutSpace(`${subject}${body}`)),
        'the mail is not what was shown',
      );
      assert.deepEqual([...files.keys()], ['case-file.json', 'transcript.md']);
      assert.match(seen.card, new RegExp(seen.number));
      process.stdout.write(`      the person saw: ${seen.card.replaceAll('\n', ' ')}\n`);
    },
  );
}

const withoutSpace = (text: string) => text.replace(/\s/g, '');

interface Answer {
  readonly items: readonly { readonly id?: string; readonly Filename?: string; readonly Content?: string }[];
  readonly Subject?: string;
}

async function ask(tracker: RealRequestTracker, path: string): Promise<Answer> {
  const authorization = `Basic ${Buffer.from(`root:${rootPassword}`).toString('base64')}`;
  return (await (await fetch(`${tracker.url}/REST/2.0/${path}`, { headers: { authorization } })).json()) as Answer;
}

const obstacle = install();
if (obstacle !== undefined) {
  process.stdout.write(
    `SKIPPED: the real desks cannot be installed here: ${obstacle}\nNothing was tested against a real mail server or a real Request Tracker.\n`,
  );
} else {
  const folder = mkdtempSync(join(tmpdir(), 'licence-desk-peers-'));
  chmodSync(folder, 0o755);
  const servers = new Servers();
  process.on('exit', () => servers.stop());
  let tracker: RealRequestTracker | undefined;
  try {
    tracker = await startRequestTracker(folder, servers);
    await overRest(tracker);
    const mail = await startMail(folder, servers);
    await byMail(mail, tracker);
    await throughTheProduct(folder, mail, tracker);
  } finally {
    servers.stop();
    tracker?.forget();
    rmSync(folder, { recursive: true, force: true });
  }
  process.stdout.write(failures === 0 ? 'The real desks are well.\n' : `${failures} check(s) failed.\n`);
  process.exitCode = failures === 0 ? 0 : 1;
}
