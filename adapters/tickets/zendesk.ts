import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Comment } from '../../src/handoff/comment.ts';
import type { Severity, Ticket } from '../../src/handoff/ticket.ts';
import type { DeskAbilities, DeskFailure, TicketDesk } from '../../src/ports/ticket-desk.ts';
import type { TicketLink } from '../../src/ports/ticket-store.ts';
import { type HttpAnswer, type HttpCall, httpCall } from './http-call.ts';
import { readJson } from './read-json.ts';

export interface ZendeskSettings {
  /** `https://<subdomain>.zendesk.com`. */
  readonly url: string;
  readonly email: string;
  readonly token: string;
  readonly timeoutMs?: number;
}

/**
 * Source: developer.zendesk.com, Ticketing API introduction (idempotency: two hours, a quarter of it kept as a margin), Tickets,
 * Attachments, Ticket Comments (an update takes no key). `external_id` is found at once and is not unique. Rate limits: 100 updates of
 * tickets a minute and account, and each of ours is one, with some five calls in all. Not yet seen on a live tenant.
 */
const abilities: DeskAbilities = {
  repeatSafeMs: 90 * 60_000,
  find: 'strong',
  findLagMs: 5_000,
  settleMs: 60_000,
  comments: { repeatSafeMs: 0, find: 'strong', findLagMs: 5_000, settleMs: 60_000 },
  perMinute: 30,
  limits: { subject: 150, body: 65_536, filesBytes: 50 * 1024 * 1024 },
};

const priorities = { 1: 'urgent', 2: 'high', 3: 'normal', 4: 'low' } as const satisfies Record<Severity, string>;
const TicketAnswer = z.object({ ticket: z.object({ id: z.number() }) });
const TicketsAnswer = z.object({ tickets: z.array(z.object({ id: z.number() })) });
const UploadAnswer = z.object({ upload: z.object({ token: z.string() }) });
const CommentsAnswer = z.object({
  comments: z.array(
    z.object({ body: z.string().default(''), attachments: z.array(z.object({ file_name: z.string() })).default([]) }),
  ),
  meta: z.object({ has_more: z.boolean(), after_cursor: z.string().nullish() }).optional(),
});
/** In pages of a hundred: far more than a ticket holds. Source: Zendesk limits, 5,000 comments a ticket. */
const mostPages = 50;

/** Zendesk Support. Creation carries no files: an upload's token differs on every try, and the same key takes the same body only. */
export function createZendesk(settings: ZendeskSettings): TicketDesk {
  const api = new Zendesk(settings);
  return {
    abilities,
    create: (ticket) => api.create(ticket),
    find: (ticket) => api.find(ticket),
    attach: (link, ticket) => api.attach(link, ticket),
    comment: (link, comment) => api.comment(link, comment),
    hasComment: (link, comment) => api.hasComment(link, comment),
    probe: () => api.probe(),
  };
}

class Zendesk {
  readonly #settings: ZendeskSettings;

  constructor(settings: ZendeskSettings) {
    this.#settings = settings;
  }

  async create({ reference, number, subject, body, severity, requester }: Ticket) {
    const answer = await this.#call('POST', '/api/v2/tickets.json', {
      headers: { 'idempotency-key': createHash('sha256').update(reference).digest('hex') },
      json: {
        ticket: {
          subject,
          comment: { body },
          priority: priorities[severity],
          external_id: reference,
          tags: ['licence-desk', number.toLowerCase()],
          requester: { name: requester.name, email: requester.email },
        },
      },
    });
    if (answer.kind !== 'answer') return answer;
    const created = readJson(answer, TicketAnswer);
    return created.kind === 'value'
      ? ({ kind: 'created', ticket: this.#link(created.value.ticket.id) } as const)
      : created;
  }

  async find({ reference }: Pick<Ticket, 'reference'>) {
    const answer = await this.#call('GET', `/api/v2/tickets.json?external_id=${encodeURIComponent(reference)}`);
    if (answer.kind !== 'answer') return answer;
    const found = readJson(answer, TicketsAnswer);
    if (found.kind !== 'value') return found;
    const ids = found.value.tickets.map(({ id }) => id).toSorted((one, other) => one - other);
    return { kind: 'found', tickets: ids.map((id) => this.#link(id)) } as const;
  }

  async attach({ id }: TicketLink, { files, number }: Ticket) {
    const answer = await this.#call('GET', `/api/v2/tickets/${encodeURIComponent(id)}/comments.json`);
    if (answer.kind !== 'answer') return answer;
    const comments = readJson(answer, CommentsAnswer);
    if (comments.kind !== 'value') return comments;
    const there = comments.value.comments.flatMap(({ attachments }) => attachments.map((file) => file.file_name));
    const missing = files.filter(({ name }) => !there.includes(name));
    if (missing.length === 0) return { kind: 'attached' } as const;
    const uploads: string[] = [];
    for (const { name, type, text } of missing) {
      const uploaded = await this.#call('POST', `/api/v2/uploads.json?filename=${encodeURIComponent(name)}`, {
        headers: { 'content-type': type },
        raw: text,
      });
      if (uploaded.kind !== 'answer') return uploaded;
      const upload = readJson(uploaded, UploadAnswer);
      if (upload.kind !== 'value') return upload;
      uploads.push(upload.value.upload.token);
    }
    const json = { ticket: { comment: { body: number, public: true, uploads } } };
    const updated = await this.#call('PUT', `/api/v2/tickets/${encodeURIComponent(id)}.json`, { json });
    return updated.kind === 'answer' ? ({ kind: 'attached' } as const) : updated;
  }

  async comment({ id }: TicketLink, { body }: Comment) {
    const json = { ticket: { comment: { body, public: true } } };
    const answer = await this.#call('PUT', `/api/v2/tickets/${encodeURIComponent(id)}.json`, { json });
    if (answer.kind !== 'answer') return answer;
    const updated = readJson(answer, TicketAnswer);
    return updated.kind === 'value' ? ({ kind: 'commented' } as const) : updated;
  }

  /** Source: developer.zendesk.com, Pagination (cursor): `page[size]`, `page[after]`, `meta.has_more`, `meta.after_cursor`. */
  async hasComment({ id }: TicketLink, { mark }: Comment) {
    let after: string | null | undefined;
    for (let page = 0; page < mostPages; page += 1) {
      const query = `page[size]=100${after == null ? '' : `&page[after]=${encodeURIComponent(after)}`}`;
      const answer = await this.#call('GET', `/api/v2/tickets/${encodeURIComponent(id)}/comments.json?${query}`);
      if (answer.kind !== 'answer') return answer;
      const read = readJson(answer, CommentsAnswer);
      if (read.kind !== 'value') return read;
      const { comments, meta } = read.value;
      if (comments.some(({ body }) => body.includes(mark))) return { kind: 'looked', there: true } as const;
      if (meta?.has_more !== true) return { kind: 'looked', there: false } as const;
      after = meta.after_cursor;
    }
    return { kind: 'retryable', reason: `ticket ${id} has too many comments to look through` } as const;
  }

  async probe() {
    const answer = await this.#call('GET', '/api/v2/users/me.json');
    return answer.kind === 'answer' ? ({ kind: 'well' } as const) : answer;
  }

  #call(
    method: HttpCall['method'],
    path: string,
    {
      headers = {},
      json,
      raw,
    }: { readonly headers?: Record<string, string>; readonly json?: unknown; readonly raw?: string } = {},
  ): Promise<HttpAnswer | DeskFailure> {
    const { url, email, token, timeoutMs } = this.#settings;
    const body = json === undefined ? raw : JSON.stringify(json);
    return httpCall({
      method,
      url: new URL(path, url),
      headers: {
        accept: 'application/json',
        authorization: `Basic ${Buffer.from(`${email}/token:${token}`).toString('base64')}`,
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
  }

  #link(id: number): TicketLink {
    return { id: String(id), number: String(id), url: new URL(`/agent/tickets/${id}`, this.#settings.url).href };
  }
}
