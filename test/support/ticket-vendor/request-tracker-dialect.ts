import { z } from 'zod';
import type { Dialect, VendorRequest, VendorWorld } from './http-vendor.ts';

const Creation = z.object({
  Queue: z.string(),
  Subject: z.string(),
  Requestor: z.email(),
  Content: z.string(),
  CustomFields: z.object({ Case: z.string() }),
  Attachments: z.array(z.object({ FileName: z.string(), FileType: z.string(), FileContent: z.string() })),
});

const Correspondence = z.object({ Subject: z.string(), Content: z.string(), ContentType: z.literal('text/plain') });

/** As much of RT 5's REST 2.0 as we use, answers as seen from a real one. */
export function requestTrackerDialect(token: string): Dialect {
  return {
    isSending: ({ method }) => method === 'POST',
    take(request, world) {
      const { headers, body, url } = request;
      if (headers.authorization !== `token ${token}`) return { status: 401, json: { message: 'Unauthorized' } };
      if (url.pathname.endsWith('/correspond')) return correspond(request, world);
      const creation = Creation.safeParse(JSON.parse(body));
      if (!creation.success) return { status: 400, json: { message: 'Bad Request' } };
      const { Queue, Subject, Content, CustomFields, Attachments } = creation.data;
      if (Queue !== 'General') return { status: 400, json: { message: 'Invalid queue' } };
      const files = new Map(
        Attachments.map(({ FileName, FileContent }) => [FileName, Buffer.from(FileContent, 'base64').toString('utf8')]),
      );
      const { id } = world.add({ reference: CustomFields.Case, subject: Subject, body: Content, files });
      return {
        status: 201,
        json: { id: String(id), type: 'ticket', _url: `http://vendor.test/REST/2.0/ticket/${id}` },
      };
    },
    answer({ headers, url }, world) {
      if (headers.authorization !== `token ${token}`) return { status: 401, json: { message: 'Unauthorized' } };
      if (url.pathname.startsWith('/REST/2.0/queue/')) return { status: 200, json: { id: 1, Name: 'General' } };
      if (url.pathname.endsWith('/attachments')) {
        const ticket = ticketAt(url, world);
        const items = ticket === undefined ? [] : [ticket, ...world.visible(ticket.comments)].toReversed();
        return { status: 200, json: { items: items.map(({ subject }) => ({ type: 'attachment', Subject: subject })) } };
      }
      const wanted = /CF\.\{Case\} = '([^']*)'/.exec(url.searchParams.get('query') ?? '')?.[1];
      const items = world
        .visible(world.tickets)
        .filter(({ reference }) => reference === wanted)
        .map(({ id }) => ({ id: String(id), type: 'ticket' }));
      return { status: 200, json: { items, total: items.length, count: items.length } };
    },
  };
}

function correspond({ url, body }: VendorRequest, world: VendorWorld) {
  const ticket = ticketAt(url, world);
  if (ticket === undefined) return { status: 404, json: { message: 'Not Found' } };
  const { Subject, Content } = Correspondence.parse(JSON.parse(body));
  world.comment(ticket, { subject: Subject, body: Content });
  return { status: 201, json: ['Correspondence added'] };
}

function ticketAt({ pathname }: URL, { tickets }: VendorWorld) {
  return tickets.find(({ id }) => pathname.startsWith(`/REST/2.0/ticket/${id}/`));
}
