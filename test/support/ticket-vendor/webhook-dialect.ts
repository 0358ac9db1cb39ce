import { Webhook } from 'standardwebhooks';
import { z } from 'zod';
import type { Dialect } from './http-vendor.ts';

const Creation = z.object({
  type: z.literal('case.created'),
  data: z.object({
    reference: z.string(),
    subject: z.string(),
    body: z.string(),
    files: z.array(z.object({ name: z.string(), text: z.string() })),
  }),
});

const Comment = z.object({
  type: z.literal('case.comment.created'),
  data: z.object({ reference: z.string(), comment: z.string(), body: z.string() }),
});

/** A receiver as Standard Webhooks wants it: the signature is verified, and each `webhook-id` is taken once. */
export function webhookDialect(secret: string): Dialect {
  const seen = new Map<string, number>();
  const headersOf = (headers: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return {
    isSending: ({ body }) => body.includes('"type":"case.'),
    take({ headers, body }, world) {
      try {
        new Webhook(secret).verify(body, headersOf(headers));
      } catch {
        return { status: 401, json: {} };
      }
      const id = String(headers['webhook-id']);
      if (seen.has(id)) return { status: 200, json: { number: `H-${seen.get(id)}` } };
      const comment = Comment.safeParse(JSON.parse(body));
      if (comment.success) {
        const about = world.tickets.find(({ reference }) => reference === comment.data.data.reference);
        if (about === undefined) return { status: 404, json: {} };
        world.comment(about, { subject: '', body: comment.data.data.body });
        seen.set(id, about.id);
        return { status: 204, json: {} };
      }
      const { data } = Creation.parse(JSON.parse(body));
      const ticket = world.add({
        reference: data.reference,
        subject: data.subject,
        body: data.body,
        files: new Map(data.files.map(({ name, text }) => [name, text])),
      });
      seen.set(id, ticket.id);
      return { status: 200, json: { number: `H-${ticket.id}` } };
    },
    answer: () => ({ status: 204, json: {} }),
  };
}
