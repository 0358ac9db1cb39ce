import { z } from 'zod';
import type { Ticket } from '../../src/handoff/ticket.ts';
import type { DeskAbilities, DeskFailure, Repeating, TicketDesk } from '../../src/ports/ticket-desk.ts';
import type { TicketLink } from '../../src/ports/ticket-store.ts';
import { type HttpAnswer, httpCall } from './http-call.ts';
import { readJson } from './read-json.ts';

export interface RequestTrackerSettings {
  /** Where RT's own pages are: `https://rt.example.com`. */
  readonly url: string;
  readonly credentials:
    | { readonly kind: 'token'; readonly token: string }
    | { readonly kind: 'password'; readonly user: string; readonly password: string };
  readonly queue: string;
  /** A custom field of the queue that takes our reference; without one the number in the subject is searched. */
  readonly referenceField: string | undefined;
  readonly timeoutMs?: number;
}

/** A search reads the database itself. */
const searched: Repeating = { repeatSafeMs: 0, find: 'strong', findLagMs: 5_000, settleMs: 60_000 };

/**
 * Source: bestpractical/rt, `lib/RT/REST2.pm`; for comments `REST2/Resource/Message.pm`, `Attachments.pm` and `Collection.pm`.
 * Files go along with the creation.
 */
const abilities: DeskAbilities = {
  ...searched,
  comments: searched,
  limits: { subject: 200, body: 1_000_000, filesBytes: 10 * 1024 * 1024 },
};

const Created = z.object({ id: z.union([z.string(), z.number()]) });
const Found = z.object({ items: z.array(z.object({ id: z.union([z.string(), z.number()]) })) });
const Attachments = z.object({ items: z.array(z.object({ Subject: z.string().nullish() })) });

/** Request Tracker 5 over REST 2.0. */
export function createRequestTracker(settings: RequestTrackerSettings): TicketDesk {
  return {
    abilities,
    async create(ticket) {
      const answer = await call(settings, 'ticket', ticketOf(settings, ticket));
      if (answer.kind !== 'answer') return answer;
      // RT says no to some requests with a 200 and a sentence: only an id is a yes.
      const created = readJson(answer, Created);
      return created.kind === 'value' ? { kind: 'created', ticket: linkOf(settings, created.value.id) } : created;
    },
    async find(ticket) {
      const answer = await call(
        settings,
        `tickets?query=${encodeURIComponent(queryOf(settings, ticket))}&orderby=id&order=ASC&per_page=20`,
      );
      if (answer.kind !== 'answer') return answer;
      const found = readJson(answer, Found);
      return found.kind === 'value'
        ? { kind: 'found', tickets: found.value.items.map(({ id }) => linkOf(settings, id)) }
        : found;
    },
    async comment({ id }, { subject, mark, body }) {
      // The subject of a correspondence stands in the history alone: by it a comment is found without reading every file.
      const json = { Subject: `Re: ${subject} ${mark}`, Content: body, ContentType: 'text/plain' };
      const answer = await call(settings, `ticket/${encodeURIComponent(id)}/correspond`, json);
      if (answer.kind !== 'answer') return answer;
      // RT says no to some requests with a 200 and a sentence: what it made is a 201.
      return answer.status === 201
        ? { kind: 'commented' }
        : { kind: 'ambiguous', reason: `${new URL(settings.url).host} answered ${answer.status}` };
    },
    async hasComment({ id }, { mark }) {
      const newest = 'fields=Subject&orderby=id&order=DESC&per_page=100';
      const answer = await call(settings, `ticket/${encodeURIComponent(id)}/attachments?${newest}`);
      if (answer.kind !== 'answer') return answer;
      const read = readJson(answer, Attachments);
      if (read.kind !== 'value') return read;
      const { items } = read.value;
      // RT shows an empty list of a ticket that it does not show; the text of the ticket itself is always there.
      if (items.length === 0) return { kind: 'retryable', reason: `the history of ticket ${id} is not shown` };
      return { kind: 'looked', there: items.some(({ Subject }) => Subject?.includes(mark) === true) };
    },
    async probe() {
      const answer = await call(settings, `queue/${encodeURIComponent(settings.queue)}`);
      return answer.kind === 'answer' ? { kind: 'well' } : answer;
    },
  };
}

function ticketOf(
  { queue, referenceField }: RequestTrackerSettings,
  { reference, subject, body, requester, files }: Ticket,
): unknown {
  return {
    Queue: queue,
    Subject: subject,
    Requestor: requester.email,
    Content: body,
    ContentType: 'text/plain',
    ...(referenceField === undefined ? {} : { CustomFields: { [referenceField]: reference } }),
    Attachments: files.map(({ name, type, text }) => ({
      FileName: name,
      FileType: type,
      FileContent: Buffer.from(text).toString('base64'),
    })),
  };
}

/** TicketSQL. The number holds letters and a hyphen only, the reference no quote: nothing of a person's text gets in. */
function queryOf(
  { queue, referenceField }: RequestTrackerSettings,
  { reference, number }: Pick<Ticket, 'reference' | 'number'>,
): string {
  const quoted = (text: string) => `'${text.replace(/['\\]/g, '')}'`;
  const ours =
    referenceField === undefined ? `Subject LIKE ${quoted(number)}` : `CF.{${referenceField}} = ${quoted(reference)}`;
  return `Queue = ${quoted(queue)} AND ${ours}`;
}

function linkOf({ url }: RequestTrackerSettings, id: string | number): TicketLink {
  return {
    id: String(id),
    number: String(id),
    url: new URL(`Ticket/Display.html?id=${encodeURIComponent(String(id))}`, folder(url)).href,
  };
}

function call(
  { url, credentials, timeoutMs }: RequestTrackerSettings,
  path: string,
  json?: unknown,
): Promise<HttpAnswer | DeskFailure> {
  const authorization =
    credentials.kind === 'token'
      ? `token ${credentials.token}`
      : `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`;
  return httpCall({
    method: json === undefined ? 'GET' : 'POST',
    url: new URL(`REST/2.0/${path}`, folder(url)),
    headers: {
      accept: 'application/json',
      authorization,
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
}

function folder(url: string): string {
  return url.endsWith('/') ? url : `${url}/`;
}
