import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { type DecodedMail, decodeMail } from './decode-mail.ts';
import type { Fault, TicketVendor, VendorTicket } from './vendor.ts';

export interface MailVendor extends TicketVendor {
  readonly port: number;
  readonly raw: () => readonly string[];
}

/** A mail server on loopback whose mailbox is the tickets. A fault that no mail server has becomes its nearest one. */
export async function startMailVendor(options: SMTPServerOptions = {}): Promise<MailVendor> {
  const tickets: VendorTicket[] = [];
  const raw: string[] = [];
  const byMessage = new Map<string, VendorTicket>();
  /** A mail that answers another belongs to its ticket. */
  const take = ({ messageId, inReplyTo, ...mail }: DecodedMail): void => {
    const about = byMessage.get(inReplyTo);
    const ticket = about ?? { ...mail, id: tickets.length + 1, comments: [], visibleAt: 0 };
    if (about === undefined) tickets.push(ticket);
    else about.comments.push({ subject: mail.subject, body: mail.body, visibleAt: 0 });
    byMessage.set(messageId, ticket);
  };
  const sockets = new Map<string, { destroy(): void }>();
  let plan: readonly Fault[] = [];
  let fault: Fault = 'none';
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onMailFrom(_address, session, callback) {
      const [next = 'none', ...rest] = plan;
      [fault, plan] = [next, rest];
      if (fault === 'reset-before') return cut(session);
      if (fault === 'busy' || fault === 'error-before') return callback(answer(451));
      return callback();
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const source = Buffer.concat(chunks).toString('utf8');
        raw.push(source);
        if (fault === 'conflict') return callback(answer(450));
        if (fault === 'silent-before') return;
        take(decodeMail(source));
        if (fault === 'none') return callback();
        if (fault === 'reset-after' || fault === 'garbled') return cut(session);
      });
    },
    ...options,
  });
  const cut = ({ id }: SMTPServerSession) => sockets.get(id)?.destroy();
  server.on('error', () => {});
  const listening = server.listen(0, '127.0.0.1');
  // The connection of a session is not in its public face; the server's own list has both.
  server.server.on('connection', () => {
    queueMicrotask(() => {
      for (const connection of server.connections)
        sockets.set((connection as { id: string }).id, (connection as { _socket: { destroy(): void } })._socket);
    });
  });
  await once(listening, 'listening');
  return {
    port: (listening.address() as AddressInfo).port,
    raw: () => raw,
    plan: (next) => {
      plan = next;
    },
    tickets: () => tickets,
    received: () =>
      tickets.map(({ subject, body, files }) => [subject, body, ...files.values()].join('\n')).join('\n') +
      raw.join('\n'),
    forget() {
      tickets.length = 0;
      raw.length = 0;
      plan = [];
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function answer(responseCode: number): Error {
  return Object.assign(new Error('as planned'), { responseCode });
}
