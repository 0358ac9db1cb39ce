import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Ack, type Attempt, type Parcel, type Transport, typeOf } from './courier.ts';
import { NotAcknowledgedError } from './errors.ts';
import { isJson, type Json, parsedOrText, word } from './json.ts';
import type { World } from './world.ts';

/** The Socket Mode side: connections of the bot and what is sent over them. */
export interface SocketServer {
  readonly transport: Transport;
  /** How many connections are open. */
  count(): number;
  issueTicket(ticket: string): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Tells connections to go, as Slack does when it recycles a host; the bot is expected to come back. */
  disconnect(reason: 'warning' | 'refresh_requested'): void;
  /** Cuts all connections without a word. */
  drop(): void;
  close(): void;
}

interface Pending {
  readonly socket: WebSocket;
  readonly acknowledge: (body: Json | undefined) => void;
  readonly fail: (detail: string) => void;
}

/** Creates the Socket Mode server; it shares the HTTP server's port through `upgrade`. */
export function createSocketServer(world: World, ackTimeoutMs: number): SocketServer {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const sockets = new Set<WebSocket>();
  const pending = new Map<string, Pending[]>();

  function accept(socket: WebSocket): void {
    sockets.add(socket);
    socket.on('message', (data) => takeAck(pending, parsedOrText(String(data))));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      sockets.delete(socket);
      for (const each of [...pending.values()].flat()) if (each.socket === socket) each.fail('connection closed');
      world.changes.changed();
    });
    const debug_info = { host: 'applink-peer', build_number: 999, approximate_connection_time: 18_060 };
    const connection_info = { app_id: world.app.id };
    socket.send(JSON.stringify({ type: 'hello', num_connections: sockets.size, debug_info, connection_info }));
    world.changes.changed();
  }

  function transport(parcel: Parcel, attempt: Attempt): Promise<Ack> {
    const [socket] = sockets;
    if (!socket) {
      return Promise.reject(new NotAcknowledgedError(typeOf(parcel), 'connection_failed', 'no Socket Mode connection'));
    }
    sockets.delete(socket);
    sockets.add(socket);
    return sendEnvelope(pending, socket, parcel, attempt, ackTimeoutMs);
  }

  return {
    transport,
    count: () => sockets.size,
    issueTicket: (ticket) => tickets.add(ticket),
    upgrade(request, socket, head) {
      const ticket = new URL(request.url ?? '/', 'http://peer').searchParams.get('ticket') ?? '';
      if (tickets.delete(ticket)) server.handleUpgrade(request, socket, head, accept);
      else socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    },
    disconnect(reason) {
      for (const socket of sockets) {
        socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-peer' } }));
      }
    },
    drop() {
      for (const socket of sockets) socket.terminate();
    },
    close() {
      for (const socket of sockets) socket.terminate();
      server.close();
    },
  };
}

function sendEnvelope(
  pending: Map<string, Pending[]>,
  socket: WebSocket,
  parcel: Parcel,
  attempt: Attempt,
  ackTimeoutMs: number,
): Promise<Ack> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const settle = () => {
      clearTimeout(timer);
      const others = (pending.get(attempt.id) ?? []).filter((each) => each !== entry);
      if (others.length > 0) pending.set(attempt.id, others);
      else pending.delete(attempt.id);
    };
    const fail = (reason: NotAcknowledgedError['reason'], detail: string) => {
      settle();
      reject(new NotAcknowledgedError(typeOf(parcel), reason, detail));
    };
    const timer = setTimeout(() => fail('http_timeout', `no ack in ${ackTimeoutMs} ms`), ackTimeoutMs);
    const entry: Pending = {
      socket,
      fail: (detail) => fail('connection_failed', detail),
      acknowledge(body) {
        settle();
        resolve({ body, ackMs: performance.now() - startedAt });
      },
    };
    pending.set(attempt.id, [...(pending.get(attempt.id) ?? []), entry]);
    socket.send(JSON.stringify(envelope(parcel, attempt)));
  });
}

function envelope({ kind, payload, acceptsPayload }: Parcel, { id, retryNum, retryReason }: Attempt): Json {
  const retry = kind === 'events_api' && { retry_attempt: retryNum, retry_reason: retryReason };
  return { envelope_id: id, payload, type: kind, accepts_response_payload: acceptsPayload, ...retry };
}

function takeAck(pending: ReadonlyMap<string, Pending[]>, frame: unknown): void {
  if (!isJson(frame)) return;
  const [first] = pending.get(word(frame.envelope_id)) ?? [];
  const hasBody = isJson(frame.payload) && Object.keys(frame.payload).length > 0;
  first?.acknowledge(hasBody && isJson(frame.payload) ? frame.payload : undefined);
}
