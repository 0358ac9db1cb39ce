import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Fault, TestClock, TicketVendor, VendorComment, VendorTicket } from './vendor.ts';

export interface VendorRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface VendorAnswer {
  readonly status: number;
  readonly json: unknown;
}

/** What one vendor's API understands. */
export interface Dialect {
  /** Whether it is a creation or a comment: these meet the faults. */
  isSending(request: VendorRequest): boolean;
  /** Makes the ticket or the comment, or finds that it is there already. */
  take(request: VendorRequest, world: VendorWorld): VendorAnswer;
  answer(request: VendorRequest, world: VendorWorld): VendorAnswer;
}

const lateMs = 30_000;

/** The tickets of a vendor and how long its search lags behind. */
export class VendorWorld {
  readonly tickets: VendorTicket[] = [];
  readonly clock: TestClock;
  readonly lagMs: number;
  #delayMs = 0;

  constructor(clock: TestClock, lagMs: number) {
    this.clock = clock;
    this.lagMs = lagMs;
  }

  later<Value>(delayMs: number, act: () => Value): Value {
    this.#delayMs = delayMs;
    try {
      return act();
    } finally {
      this.#delayMs = 0;
    }
  }

  add(ticket: Omit<VendorTicket, 'id' | 'visibleAt' | 'comments'>): VendorTicket {
    const added = { ...ticket, id: this.tickets.length + 101, comments: [], visibleAt: this.#visibleAt() };
    this.tickets.push(added);
    return added;
  }

  comment({ comments }: VendorTicket, comment: Omit<VendorComment, 'visibleAt'>): void {
    comments.push({ ...comment, visibleAt: this.#visibleAt() });
  }

  visible<Thing extends { readonly visibleAt: number }>(things: readonly Thing[]): readonly Thing[] {
    return things.filter(({ visibleAt }) => visibleAt <= this.clock.now().getTime());
  }

  #visibleAt(): number {
    return this.clock.now().getTime() + this.lagMs + this.#delayMs;
  }
}

export interface HttpVendor extends TicketVendor {
  readonly url: string;
  /** Answers this to everything until it is told otherwise. */
  answerAll(status: number | undefined): void;
}

/** Serves a dialect on loopback. */
export async function startHttpVendor(dialect: Dialect, clock: TestClock, lagMs = 0): Promise<HttpVendor> {
  const world = new VendorWorld(clock, lagMs);
  const received: string[] = [];
  let plan: readonly Fault[] = [];
  let status: number | undefined;
  const server = createServer(async (incoming, response) => {
    const request = await readRequest(incoming);
    received.push(JSON.stringify(request.headers), request.url.href, request.body);
    if (status !== undefined) return respond(response, { status, json: {} });
    if (!dialect.isSending(request)) return respond(response, dialect.answer(request, world));
    const [fault = 'none', ...rest] = plan;
    plan = rest;
    meet(fault, { response, commit: () => dialect.take(request, world), world });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    plan: (next) => {
      plan = next;
    },
    tickets: () => world.tickets,
    received: () => received.join('\n'),
    forget() {
      world.tickets.length = 0;
      received.length = 0;
      plan = [];
      status = undefined;
    },
    answerAll: (next) => {
      status = next;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function meet(
  fault: Fault,
  {
    response,
    commit,
    world,
  }: { readonly response: ServerResponse; readonly commit: () => VendorAnswer; readonly world: VendorWorld },
): void {
  switch (fault) {
    case 'none':
      respond(response, commit());
      return;
    case 'reset-before':
      response.socket?.resetAndDestroy();
      return;
    case 'reset-after':
      commit();
      response.socket?.resetAndDestroy();
      return;
    case 'silent-before':
      return;
    case 'silent-after':
      commit();
      return;
    case 'late':
      world.later(lateMs, commit);
      return;
    case 'error-before':
      respond(response, { status: 500, json: {} });
      return;
    case 'error-after':
      commit();
      respond(response, { status: 500, json: {} });
      return;
    case 'busy':
      response.setHeader('retry-after', '20');
      respond(response, { status: 429, json: {} });
      return;
    case 'conflict':
      commit();
      respond(response, { status: 409, json: {} });
      return;
    case 'garbled':
      commit();
      response.writeHead(200).end('<html>maintenance');
      return;
    default:
      fault satisfies never;
  }
}

function respond(response: ServerResponse, { status, json }: VendorAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(json));
}

async function readRequest(incoming: IncomingMessage): Promise<VendorRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return {
    method: incoming.method ?? '',
    url: new URL(incoming.url ?? '/', 'http://vendor.test'),
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}
