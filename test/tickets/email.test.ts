import { afterEach, describe, expect, test } from 'vitest';
import { createMailDesk, type MailSettings } from '../../adapters/tickets/email.ts';
import { createTokenSource } from '../../adapters/tickets/oauth-token.ts';
import { smtpFailure } from '../../adapters/tickets/smtp-failure.ts';
import { renderTicket } from '../../src/handoff/render-ticket.ts';
import { commentIn, knowledge, makLimit } from '../support/cases.ts';
import { decodeMail } from '../support/ticket-vendor/decode-mail.ts';
import { startHttpVendor } from '../support/ticket-vendor/http-vendor.ts';
import { type MailVendor, startMailVendor } from '../support/ticket-vendor/mail-vendor.ts';
import { TestClock } from '../support/ticket-vendor/vendor.ts';

let vendor: MailVendor | undefined;
afterEach(() => vendor?.close());

const ticket = renderTicket(knowledge, makLimit, 'ja');

function deskAt(port: number, more: Partial<MailSettings> = {}) {
  return createMailDesk({
    host: '127.0.0.1',
    port,
    tls: 'none',
    credentials: { kind: 'none' },
    from: 'desk@contoso.example',
    to: 'support@reseller.example',
    timeoutMs: 300,
    ...more,
  });
}

describe('a mail', () => {
  test('says that no person sent it, carries the reference and answers to the requester', async () => {
    vendor = await startMailVendor();
    await deskAt(vendor.port).create(ticket);
    const [raw = ''] = vendor.raw();
    expect(raw).toMatch(/^Auto-Submitted: auto-generated/m);
    expect(raw).toMatch(/^X-Auto-Response-Suppress: All/m);
    expect(raw).toMatch(/^Reply-To: .*<hanako@contoso.example>/m);
    expect(raw).toContain(ticket.reference);
  });

  test('has the same Message-ID on every try', async () => {
    vendor = await startMailVendor();
    const desk = deskAt(vendor.port);
    const ids = [await desk.create(ticket), await desk.create(ticket)];
    expect(ids[0]).toEqual(ids[1]);
    expect(vendor.raw().every((raw) => /^Message-ID: <licence-desk\.[0-9a-f]{32}@contoso\.example>/m.test(raw))).toBe(
      true,
    );
  });

  test('answers the first one in its thread: its subject, its Message-ID, and one of its own for every try', async () => {
    vendor = await startMailVendor();
    const desk = deskAt(vendor.port);
    const created = await desk.create(ticket);
    if (created.kind !== 'created') throw new Error('the ticket was not made');
    const comment = commentIn(ticket, 17);
    for (let tries = 0; tries < 2; tries += 1)
      expect(await desk.comment(created.ticket, comment)).toEqual({ kind: 'commented' });
    const [first, ...answers] = vendor.raw().map(decodeMail);
    expect(new Set(answers.map(({ messageId }) => messageId)).size).toBe(1);
    expect(answers[0]?.messageId).not.toBe(first?.messageId);
    expect(answers[0]).toMatchObject({ inReplyTo: first?.messageId, subject: `Re: ${ticket.subject}` });
    expect(answers[0]?.body).toBe(comment.body);
    expect(vendor.raw()[1]).toContain(`References: ${first?.messageId}`);
    expect(vendor.raw()[1]).toMatch(/^Reply-To: .*<hanako@contoso.example>/m);
  });

  test('takes no header from a requester’s name', async () => {
    vendor = await startMailVendor();
    await deskAt(vendor.port).create({
      ...ticket,
      requester: { name: 'Hanako\r\nBcc: everyone@example.com', email: 'h@contoso.example' },
      subject: 'x\r\nBcc: everyone@example.com',
    });
    expect(vendor.raw()[0]).not.toMatch(/^Bcc:/m);
  });

  test('is not sent without TLS where TLS is wanted', async () => {
    vendor = await startMailVendor();
    expect(await deskAt(vendor.port, { tls: 'starttls' }).create(ticket)).toMatchObject({ kind: 'closed' });
    expect(vendor.raw()).toEqual([]);
  });

  test('is not sent to a server whose certificate nobody vouches for', async () => {
    vendor = await startMailVendor({ disabledCommands: [] });
    expect(await deskAt(vendor.port, { tls: 'starttls' }).create(ticket)).toMatchObject({ kind: 'retryable' });
    expect(vendor.raw()).toEqual([]);
  });

  test('waits for its configuration where the password is refused', async () => {
    vendor = await startMailVendor({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_, __, callback) => callback(Object.assign(new Error('no'), { responseCode: 535 })),
    });
    const desk = deskAt(vendor.port, { credentials: { kind: 'password', user: 'desk', password: 'wrong' } });
    expect(await desk.create(ticket)).toMatchObject({ kind: 'closed' });
    expect(await desk.probe()).toMatchObject({ kind: 'closed' });
  });

  test('signs in with a token of the client credentials grant', async () => {
    const tokens: unknown[] = [];
    vendor = await startMailVendor({
      authOptional: false,
      allowInsecureAuth: true,
      authMethods: ['XOAUTH2'],
      onAuth: (auth, _, callback) => {
        tokens.push(auth.accessToken);
        callback(null, { user: auth.username ?? '' });
      },
      onMailFrom: (_, __, callback) => callback(),
    });
    const login = await startHttpVendor(
      {
        isSending: () => false,
        take: () => ({ status: 500, json: {} }),
        answer: () => ({ status: 200, json: { access_token: 'tok', expires_in: 3600 } }),
      },
      new TestClock(),
    );
    const accessToken = createTokenSource(
      { tokenUrl: login.url, clientId: 'c', clientSecret: 's', scope: 'x' },
      Date.now,
    );
    await deskAt(vendor.port, { credentials: { kind: 'oauth2', user: 'desk@contoso.example', accessToken } }).create(
      ticket,
    );
    expect(tokens).toEqual(['tok']);
    expect(login.received()).toContain('grant_type=client_credentials');
    await login.close();
  });
});

describe('a token', () => {
  test('is kept until a minute before it runs out', async () => {
    let fetched = 0;
    const answer = () => {
      fetched += 1;
      return { status: 200, json: { access_token: `t${fetched}`, expires_in: 3600 } };
    };
    const login = await startHttpVendor({ isSending: () => false, take: answer, answer }, new TestClock());
    let now = 0;
    const token = createTokenSource({ tokenUrl: login.url, clientId: 'c', clientSecret: 's', scope: 'x' }, () => now);
    expect([await token(), await token()]).toEqual([
      { kind: 'token', token: 't1' },
      { kind: 'token', token: 't1' },
    ]);
    now = 3_541_000;
    expect(await token()).toEqual({ kind: 'token', token: 't2' });
    await login.close();
  });
});

describe('what a mail server says', () => {
  test.each([
    [{ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 }, true, 'rejected'],
    [{ code: 'EMESSAGE', command: 'DATA', responseCode: 554 }, true, 'rejected'],
    [{ code: 'EENVELOPE', command: 'RCPT TO', responseCode: 450 }, false, 'retryable'],
    [{ code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 535 }, false, 'closed'],
    [{ code: 'EAUTH', command: 'AUTH PLAIN', responseCode: 454 }, false, 'retryable'],
    [{ code: 'EDNS', command: 'CONN' }, false, 'retryable'],
    [{ code: 'ETIMEDOUT', command: 'CONN' }, true, 'ambiguous'],
    [{}, true, 'ambiguous'],
  ])('%j after the content was asked for: %s is %s', (error, asked, kind) =>
    expect(smtpFailure('mail', error, asked).kind).toBe(kind),
  );
});
