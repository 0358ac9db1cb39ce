import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import type { Ticket } from '../../src/handoff/ticket.ts';
import type { DeskAbilities, DeskFailure, Repeating, TicketDesk } from '../../src/ports/ticket-desk.ts';
import { smtpFailure } from './smtp-failure.ts';

export type MailCredentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'password'; readonly user: string; readonly password: string }
  /** XOAUTH2; the token is fetched anew when it is due. */
  | {
      readonly kind: 'oauth2';
      readonly user: string;
      readonly accessToken: () => Promise<{ readonly kind: 'token'; readonly token: string } | DeskFailure>;
    };

export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** `implicit`: TLS from the first byte (465). `starttls`: refused by us where it is not offered. `none`: own network only. */
  readonly tls: 'implicit' | 'starttls' | 'none';
  readonly credentials: MailCredentials;
  readonly from: string;
  readonly to: string;
  /** Certificates to trust beside the system's, in PEM. */
  readonly ca?: string;
  readonly timeoutMs?: number;
}

/** Mail can be sent and not looked up: where the last dot got no answer, a person has to say whether it arrived. */
const unseen: Repeating = { repeatSafeMs: 0, find: 'none', findLagMs: 0, settleMs: 0 };

/** The tightest limit of a common host: learn.microsoft.com, Exchange Online limits, sending limits: 30 messages a minute. */
const abilities: DeskAbilities = {
  ...unseen,
  comments: unseen,
  perMinute: 20,
  limits: { subject: 200, body: 1_000_000, filesBytes: 10 * 1024 * 1024 },
};

/** A desk that reads mail. */
export function createMailDesk(settings: MailSettings): TicketDesk {
  return {
    abilities,
    async create(ticket) {
      const messageId = messageIdOf(settings.from, ticket.reference);
      const failure = await send(settings, { ...ticket, messageId });
      return failure ?? { kind: 'created', ticket: { id: messageId, number: null, url: null } };
    },
    find: async () => ({ kind: 'found', tickets: [] }),
    async comment(_link, { reference, ticket, subject, ...comment }) {
      const failure = await send(settings, {
        ...comment,
        reference: ticket,
        subject: `Re: ${subject}`,
        files: [],
        messageId: messageIdOf(settings.from, reference),
        answers: messageIdOf(settings.from, ticket),
      });
      return failure ?? { kind: 'commented' };
    },
    hasComment: async () => ({ kind: 'looked', there: false }),
    async probe() {
      const opened = await openTransport(settings);
      if ('kind' in opened) return opened;
      try {
        await opened.transport.verify();
        return { kind: 'well' };
      } catch (error) {
        return smtpFailure(settings.host, error, false);
      } finally {
        opened.transport.close();
      }
    },
  };
}

/** The same for every try, so that a desk which drops repeats can. */
function messageIdOf(from: string, reference: string): string {
  const domain =
    from
      .split('@')
      .at(-1)
      ?.replace(/[^A-Za-z0-9.-]/g, '') ?? 'localhost';
  return `<licence-desk.${createHash('sha256').update(reference).digest('hex').slice(0, 32)}@${domain}>`;
}

interface Mail extends Pick<Ticket, 'reference' | 'subject' | 'body' | 'requester' | 'files' | 'createdAt'> {
  readonly messageId: string;
  /** The mail it answers, by its Message-ID. */
  readonly answers?: string;
}

async function send(settings: MailSettings, mail: Mail): Promise<DeskFailure | undefined> {
  const { messageId, answers, requester, reference, files } = mail;
  const opened = await openTransport(settings);
  if ('kind' in opened) return opened;
  let contentAsked = false;
  // nodemailer reads the text only when the server has said go: from then on the mail may have arrived.
  const text = new Readable({
    read() {
      contentAsked = true;
      this.push(mail.body);
      this.push(null);
    },
  });
  try {
    await opened.transport.sendMail({
      from: settings.from,
      to: settings.to,
      ...(requester.email === '' ? {} : { replyTo: { name: requester.name, address: requester.email } }),
      subject: mail.subject,
      messageId,
      // Source: RFC 5322, 3.6.4.
      ...(answers === undefined ? {} : { inReplyTo: answers, references: [answers] }),
      date: new Date(mail.createdAt),
      headers: {
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        'X-Licence-Desk-Reference': reference,
      },
      text,
      attachments: files.map(({ name, type, text: content }) => ({
        filename: name,
        contentType: `${type}; charset=utf-8`,
        content,
      })),
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return undefined;
  } catch (error) {
    return smtpFailure(settings.host, error, contentAsked);
  } finally {
    opened.transport.close();
  }
}

async function openTransport({ host, port, tls, credentials, ca, timeoutMs = 30_000 }: MailSettings) {
  const auth = await authOf(credentials);
  if (auth !== undefined && 'kind' in auth) return auth;
  const transport = createTransport({
    host,
    port,
    secure: tls === 'implicit',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'none',
    connectionTimeout: 5_000,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    ...(ca === undefined ? {} : { tls: { ca } }),
    ...(auth === undefined ? {} : { auth }),
  });
  return { transport };
}

async function authOf(credentials: MailCredentials) {
  switch (credentials.kind) {
    case 'none':
      return undefined;
    case 'password':
      return { user: credentials.user, pass: credentials.password };
    case 'oauth2': {
      const token = await credentials.accessToken();
      return token.kind === 'token'
        ? ({ type: 'OAuth2', user: credentials.user, accessToken: token.token } as const)
        : token;
    }
    default:
      return credentials satisfies never;
  }
}
