import { createHash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import type { Ticket } from '../../src/handoff/ticket.ts';
import type { DeskAbilities, DeskFailure, Repeating, TicketDesk } from '../../src/ports/ticket-desk.ts';
import { type HttpAnswer, httpCall } from './http-call.ts';
import { mayBePublic, publicLookup } from './public-address.ts';

export interface WebhookSettings {
  readonly url: string;
  /** `whsec_…`; with two, both sign, so that the receiver may change over without a gap. */
  readonly secrets: readonly string[];
  /** For a receiver in our own network. Otherwise only public addresses are called. */
  readonly privateNetwork: boolean;
  readonly timeoutMs?: number;
}

/** Source: Standard Webhooks, spec/standard-webhooks.md. `webhook-id` stays over all tries: the receiver takes it once. */
const repeatable: Repeating = { repeatSafeMs: Number.POSITIVE_INFINITY, find: 'none', findLagMs: 0, settleMs: 0 };

/** How many it takes is the receiver's own affair, and it may say 429: one a second is a choice of ours. */
const abilities: DeskAbilities = {
  ...repeatable,
  comments: repeatable,
  perMinute: 60,
  limits: { subject: 200, body: 65_536, filesBytes: 5 * 1024 * 1024 },
};

/** What a receiver may answer, so that people see its number. */
const Receipt = z.object({ number: z.string().max(60), url: z.url({ protocol: /^https$/ }).optional() });

/** Any system that takes a signed POST. */
export function createWebhook(settings: WebhookSettings): TicketDesk {
  return {
    abilities,
    async create(ticket) {
      const { reference, createdAt } = ticket;
      const payload = { type: 'case.created', timestamp: createdAt, data: dataOf(ticket) };
      const answer = await post(settings, idOf(reference), payload);
      return answer.kind === 'answer' ? { kind: 'created', ticket: receiptOf(answer, ticket) } : answer;
    },
    find: async () => ({ kind: 'found', tickets: [] }),
    async comment(_link, { reference, ticket, number, locale, body, createdAt }) {
      const data = { reference: ticket, comment: reference, number, locale, body };
      const payload = { type: 'case.comment.created', timestamp: createdAt, data };
      const answer = await post(settings, idOf(reference), payload);
      return answer.kind === 'answer' ? { kind: 'commented' } : answer;
    },
    hasComment: async () => ({ kind: 'looked', there: false }),
    async probe() {
      const answer = await post(settings, `msg_probe_${Date.now()}`, {
        type: 'desk.probe',
        timestamp: new Date().toISOString(),
        data: {},
      });
      return answer.kind === 'answer' ? { kind: 'well' } : answer;
    },
  };
}

/** The same for every try. */
function idOf(reference: string): string {
  return `msg_${createHash('sha256').update(reference).digest('hex').slice(0, 32)}`;
}

function dataOf({ reference, number, locale, severity, subject, body, requester, files }: Ticket): unknown {
  return { reference, number, locale, severity, subject, body, requester, files };
}

function post(
  { url: address, secrets, privateNetwork, timeoutMs }: WebhookSettings,
  id: string,
  payload: unknown,
): Promise<HttpAnswer | DeskFailure> {
  const url = new URL(address);
  if (!privateNetwork && !mayBePublic(url))
    return Promise.resolve({ kind: 'closed', reason: `${url.host} is not a public address` });
  const body = JSON.stringify(payload);
  const now = new Date();
  return httpCall({
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, now, body)).join(' '),
    },
    body,
    ...(privateNetwork ? {} : { lookup: publicLookup }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
}

function receiptOf({ text }: HttpAnswer, { reference }: Ticket) {
  const receipt = Receipt.safeParse(readBody(text));
  return receipt.success
    ? { id: receipt.data.number, number: receipt.data.number, url: receipt.data.url ?? null }
    : { id: reference, number: null, url: null };
}

function readBody(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
