import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import {
  closeCode,
  isOnShard,
  isSubscribed,
  opcode,
  refuseIntents,
  replay,
  type Session,
  send,
  tell,
} from './gateway-session.ts';
import type { Journal } from './journal.ts';
import { isObject, type JsonObject, numberIn, textIn } from './json.ts';

const PAYLOAD_BYTES = 4_096;
const SENDS_PER_MINUTE = 120;

export interface GatewayOptions {
  readonly token: string;
  readonly journal: Journal;
  readonly heartbeatMs: number;
  /** IDENTIFYs a day. The one beyond is closed with 4004, as after the token reset that Discord makes of it. */
  readonly sessionStarts: number;
  now(): number;
  newId(): string;
  ready(): { readonly data: JsonObject; readonly guilds: readonly (JsonObject & { readonly id: string })[] };
}

/** What a test can do to the gateway, and see of it. */
export interface GatewayControl {
  readonly identifies: number;
  readonly resumes: number;
  readonly heartbeats: number;
  /** Sessions that have an open socket. */
  readonly connected: number;
  readonly startsLeft: number;
  /** Op 7: every connection is asked to reconnect and resume. */
  askToReconnect(): void;
  /** Op 9. Not resumable also forgets the sessions. */
  invalidate(resumable: boolean): void;
  /** Connections stay open and silent: no heartbeat is answered and no event sent until they reconnect. */
  zombie(): void;
  /** Ends every connection: with a close code, or without one as a broken line does. */
  drop(code?: number): void;
  /** How the next interaction or message of a person reaches the bot, once. */
  duplicateNext(copies?: number): void;
  /** Sends the last thing a person did once more. */
  repeatLast(): void;
  /** Sends an event as it is, whatever is in it. */
  inject(event: string, data: JsonObject): void;
  /** Holds back what people do until `release`, which may turn the order round. */
  hold(): void;
  release(order?: 'in-order' | 'reversed'): void;
}

export interface Gateway extends GatewayControl {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Tells the sessions of the guild's shard that have the intent for it. */
  dispatch(event: string, data: JsonObject, guildId: string | undefined): void;
  /** As `dispatch`, for what a person did: subject to `hold` and `duplicateNext`. */
  deliver(event: string, data: JsonObject, guildId: string | undefined): void;
  close(): void;
}

export function createGateway(options: GatewayOptions): Gateway {
  const { journal } = options;
  const server = new WebSocketServer({ noServer: true, maxPayload: 1 << 20 });
  const sessions = new Map<string, Session>();
  const silent = new WeakSet<WebSocket>();
  const counts = { identifies: 0, resumes: 0, heartbeats: 0 };
  let copies = 1;
  let last: () => void = () => {};
  let held: (() => void)[] | undefined;

  const dispatch: Gateway['dispatch'] = (event, data, guildId) => {
    for (const session of sessions.values()) {
      if (isSubscribed(session.intents, event, guildId) && isOnShard(session.shard, guildId))
        tell(session, event, data);
    }
  };

  const forgetSocket = (socket: WebSocket): void => {
    for (const session of sessions.values()) if (session.socket === socket) session.socket = undefined;
  };

  const isIdentified = (socket: WebSocket): boolean =>
    [...sessions.values()].some((session) => session.socket === socket);

  // These three return the close code of what they refuse.
  const identify = (socket: WebSocket, data: JsonObject): number | undefined => {
    if (isIdentified(socket)) return closeCode.alreadyAuthenticated;
    if (textIn(data, 'token') !== options.token) return closeCode.authenticationFailed;
    const refused = refuseIntents(data.intents);
    if (refused !== undefined) return refused;
    if (counts.identifies >= options.sessionStarts) return closeCode.authenticationFailed;
    const [shard = 0, count = 1] = Array.isArray(data.shard) ? data.shard.map(Number) : [];
    if (shard >= count) return closeCode.invalidShard;
    counts.identifies += 1;
    const intents = numberIn(data, 'intents') ?? 0;
    const session: Session = { id: options.newId(), intents, shard: [shard, count], log: [], socket };
    sessions.set(session.id, session);
    const { data: ready, guilds } = options.ready();
    const mine = guilds.filter((guild) => isOnShard(session.shard, guild.id));
    const unavailable = mine.map(({ id }) => ({ id, unavailable: true }));
    tell(session, 'READY', { ...ready, guilds: unavailable, session_id: session.id, shard: session.shard });
    for (const guild of mine) if (isSubscribed(intents, 'GUILD_CREATE', guild.id)) tell(session, 'GUILD_CREATE', guild);
    journal.note(`gateway identify shard ${shard}/${count} intents ${intents}`);
    return undefined;
  };

  const resume = (socket: WebSocket, data: JsonObject): number | undefined => {
    if (textIn(data, 'token') !== options.token) return closeCode.authenticationFailed;
    const session = sessions.get(textIn(data, 'session_id') ?? '');
    if (session === undefined) {
      send(socket, opcode.invalidSession, false);
      return undefined;
    }
    if (!replay(session, socket, numberIn(data, 'seq') ?? 0)) return closeCode.invalidSequence;
    session.socket = socket;
    counts.resumes += 1;
    tell(session, 'RESUMED', {});
    journal.note(`gateway resume from ${data.seq}`);
    return undefined;
  };

  const receive = (socket: WebSocket, raw: RawData): number | undefined => {
    const payload = parsePayload(raw.toString());
    if (payload === undefined) return closeCode.decodeError;
    const data = isObject(payload.d) ? payload.d : {};
    switch (payload.op) {
      case opcode.heartbeat:
        counts.heartbeats += 1;
        if (!silent.has(socket)) send(socket, opcode.heartbeatAck, null);
        journal.note('gateway heartbeat');
        return undefined;
      case opcode.identify:
        return identify(socket, data);
      case opcode.resume:
        return resume(socket, data);
      case opcode.presence:
      case opcode.requestMembers:
        return isIdentified(socket) ? undefined : closeCode.notAuthenticated;
      default:
        return closeCode.unknownOpcode;
    }
  };

  const connect = (socket: WebSocket, query: URLSearchParams): void => {
    const sentAt: number[] = [];
    socket.on('message', (raw) => {
      sentAt.push(options.now());
      const tooMany = sentAt.filter((at) => options.now() - at < 60_000).length > SENDS_PER_MINUTE;
      const refused = tooMany ? closeCode.rateLimited : receive(socket, raw);
      if (refused !== undefined) socket.close(refused);
    });
    socket.on('close', (code) => {
      for (const [id, session] of sessions) {
        if (session.socket === socket && (code === 1000 || code === 1001)) sessions.delete(id);
      }
      forgetSocket(socket);
      journal.note(`gateway closed ${code}`);
    });
    socket.on('error', () => socket.terminate());
    if (query.get('v') === '10' && query.get('encoding') === 'json') {
      send(socket, opcode.hello, { heartbeat_interval: options.heartbeatMs });
    } else {
      socket.close(closeCode.invalidVersion);
    }
  };

  return {
    get identifies() {
      return counts.identifies;
    },
    get resumes() {
      return counts.resumes;
    },
    get heartbeats() {
      return counts.heartbeats;
    },
    get connected() {
      return [...sessions.values()].filter((session) => session.socket !== undefined).length;
    },
    get startsLeft() {
      return options.sessionStarts - counts.identifies;
    },
    upgrade(request, socket, head) {
      const { searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
      server.handleUpgrade(request, socket, head, (opened) => connect(opened, searchParams));
    },
    dispatch,
    deliver(event, data, guildId) {
      const times = copies;
      copies = 1;
      last = () => dispatch(event, data, guildId);
      const act = (): void => {
        for (let copy = 0; copy < times; copy += 1) dispatch(event, data, guildId);
      };
      if (held === undefined) act();
      else held.push(act);
    },
    askToReconnect() {
      for (const socket of server.clients) send(socket, opcode.reconnect, null);
    },
    invalidate(resumable) {
      if (!resumable) sessions.clear();
      for (const socket of server.clients) send(socket, opcode.invalidSession, resumable);
    },
    zombie() {
      for (const socket of server.clients) {
        silent.add(socket);
        forgetSocket(socket);
      }
    },
    drop(code) {
      for (const socket of server.clients) {
        if (code === undefined) socket.terminate();
        else socket.close(code);
      }
    },
    duplicateNext(times = 2) {
      copies = times;
    },
    repeatLast() {
      last();
    },
    inject(event, data) {
      dispatch(event, data, undefined);
    },
    hold() {
      held ??= [];
    },
    release(order = 'in-order') {
      const acts = held ?? [];
      held = undefined;
      for (const act of order === 'reversed' ? acts.reverse() : acts) act();
    },
    close() {
      for (const socket of server.clients) socket.terminate();
      server.close();
    },
  };
}

function parsePayload(text: string): JsonObject | undefined {
  if (Buffer.byteLength(text) > PAYLOAD_BYTES) return undefined;
  try {
    const payload: unknown = JSON.parse(text);
    return isObject(payload) ? payload : undefined;
  } catch {
    return undefined;
  }
}
