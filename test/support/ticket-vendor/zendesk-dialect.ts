import { z } from 'zod';
import type { Dialect, VendorRequest } from './http-vendor.ts';
import type { VendorTicket } from './vendor.ts';

const Creation = z.object({
  ticket: z.object({
    subject: z.string(),
    external_id: z.string(),
    comment: z.object({ body: z.string() }),
    requester: z.object({ name: z.string().min(1), email: z.email() }),
  }),
});
const Comment = z.object({
  ticket: z.object({ comment: z.strictObject({ body: z.string(), public: z.literal(true) }) }),
});
const Update = z.object({ ticket: z.object({ comment: z.object({ uploads: z.array(z.string()) }) }) });
const keyLivesMs = 2 * 60 * 60_000;

/** As much of Zendesk as we use: idempotency keys for two hours, `external_id`, uploads and comments. */
export function zendeskDialect(token: string): Dialect {
  const keys = new Map<string, { readonly body: string; readonly ticket: VendorTicket; readonly until: number }>();
  const uploads = new Map<string, { readonly name: string; readonly text: string }>();
  const authorised = ({ headers }: VendorRequest) =>
    headers.authorization === `Basic ${Buffer.from(`bot@contoso.example/token:${token}`).toString('base64')}`;
  return {
    isSending: ({ method, url, body }) =>
      (method === 'POST' && url.pathname === '/api/v2/tickets.json') ||
      (method === 'PUT' && !body.includes('"uploads"')),
    take(request, world) {
      if (!authorised(request)) return { status: 401, json: {} };
      if (request.method === 'PUT') {
        const about = world.tickets.find(({ id }) => request.url.pathname === `/api/v2/tickets/${id}.json`);
        if (about === undefined) return { status: 404, json: {} };
        world.comment(about, { subject: '', body: Comment.parse(JSON.parse(request.body)).ticket.comment.body });
        return { status: 200, json: { ticket: { id: about.id }, audit: {} } };
      }
      const key = String(request.headers['idempotency-key']);
      const known = keys.get(key);
      if (known !== undefined && known.until > world.clock.now().getTime()) {
        return known.body === request.body
          ? { status: 201, json: { ticket: { id: known.ticket.id } } }
          : { status: 400, json: { error: 'IdempotentRequestError' } };
      }
      const creation = Creation.safeParse(JSON.parse(request.body));
      if (!creation.success) return { status: 422, json: {} };
      const { subject, external_id: reference, comment } = creation.data.ticket;
      const ticket = world.add({ reference, subject, body: comment.body, files: new Map() });
      keys.set(key, { body: request.body, ticket, until: world.clock.now().getTime() + keyLivesMs });
      return { status: 201, json: { ticket: { id: ticket.id } } };
    },
    answer(request, world) {
      const { method, url, body } = request;
      if (!authorised(request)) return { status: 401, json: {} };
      if (url.pathname === '/api/v2/users/me.json') return { status: 200, json: { user: { id: 1 } } };
      if (url.pathname === '/api/v2/uploads.json') {
        const upload = `upload-${uploads.size + 1}`;
        uploads.set(upload, { name: url.searchParams.get('filename') ?? '', text: body });
        return { status: 201, json: { upload: { token: upload } } };
      }
      if (url.pathname === '/api/v2/tickets.json') {
        const tickets = world
          .visible(world.tickets)
          .filter(({ reference }) => reference === url.searchParams.get('external_id'));
        return { status: 200, json: { tickets: tickets.map(({ id }) => ({ id })) } };
      }
      const ticket = world.tickets.find(({ id }) => url.pathname.startsWith(`/api/v2/tickets/${id}`));
      if (ticket === undefined) return { status: 404, json: {} };
      if (method === 'GET')
        return { status: 200, json: pageOf(url, [firstComment(ticket), ...world.visible(ticket.comments)]) };
      for (const upload of Update.parse(JSON.parse(body)).ticket.comment.uploads) {
        const file = uploads.get(upload);
        if (file === undefined) return { status: 422, json: {} };
        ticket.files.set(file.name, file.text);
      }
      return { status: 200, json: {} };
    },
  };
}

function firstComment({ body, files }: VendorTicket) {
  return { body, attachments: [...files.keys()].map((name) => ({ file_name: name })) };
}

/** Oldest first, one a page where pages are asked for: so that whoever looks has to turn them. */
function pageOf({ searchParams }: URL, comments: readonly object[]) {
  if (!searchParams.has('page[size]')) return { comments };
  const from = Number(searchParams.get('page[after]') ?? 0);
  const meta = { has_more: from + 1 < comments.length, after_cursor: String(from + 1) };
  return { comments: comments.slice(from, from + 1), meta };
}
