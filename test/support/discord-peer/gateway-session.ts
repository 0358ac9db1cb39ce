import type { WebSocket } from 'ws';
import type { JsonObject } from './json.ts';

/** Opcodes and close codes from Discord's "Opcodes and Status Codes" page. */
export const opcode = {
  dispatch: 0,
  heartbeat: 1,
  identify: 2,
  presence: 3,
  resume: 6,
  reconnect: 7,
  requestMembers: 8,
  invalidSession: 9,
  hello: 10,
  heartbeatAck: 11,
} as const;
export const closeCode = {
  unknownOpcode: 4001,
  decodeError: 4002,
  notAuthenticated: 4003,
  authenticationFailed: 4004,
  alreadyAuthenticated: 4005,
  invalidSequence: 4007,
  rateLimited: 4008,
  invalidShard: 4010,
  invalidVersion: 4012,
  invalidIntents: 4013,
  disallowedIntents: 4014,
} as const;

const intentBits = { guilds: 1 << 0, guildMessages: 1 << 9, directMessages: 1 << 12 } as const;
const PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15);
const KNOWN = 0b11_0011_0001_1111_1111_1111_1111;

/** Why these intents are refused, as a close code; undefined when they are granted. */
export function refuseIntents(intents: unknown): number | undefined {
  if (typeof intents !== 'number' || (intents & ~KNOWN) !== 0) return closeCode.invalidIntents;
  return (intents & PRIVILEGED) === 0 ? undefined : closeCode.disallowedIntents;
}

/** Whether an application with these intents is told of an event. Interactions need none. */
export function isSubscribed(intents: number, event: string, guildId: string | undefined): boolean {
  if (/^(GUILD|CHANNEL|THREAD)_/.test(event)) return (intents & intentBits.guilds) !== 0;
  if (!event.startsWith('MESSAGE_')) return true;
  return (intents & (guildId === undefined ? intentBits.directMessages : intentBits.guildMessages)) !== 0;
}

/** One identified connection; it outlives its socket so that it can be resumed. */
export interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [id: number, count: number];
  readonly log: { readonly s: number; readonly t: string; readonly d: JsonObject }[];
  socket: WebSocket | undefined;
}

/** Guilds belong to the shard their id names, direct messages to the first one. */
export function isOnShard([id, count]: readonly [number, number], guildId: string | undefined): boolean {
  return guildId === undefined ? id === 0 : Number((BigInt(guildId) >> 22n) % BigInt(count)) === id;
}

/** Numbers an event, keeps it for replay and sends it when the session has a socket. */
export function tell(session: Session, event: string, data: JsonObject): void {
  const entry = { s: session.log.length + 1, t: event, d: data };
  session.log.push(entry);
  if (session.socket !== undefined) sendEntry(session.socket, entry);
}

/** Sends what came after `sequence`; false when that number was never sent. */
export function replay(session: Session, socket: WebSocket, sequence: number): boolean {
  if (sequence > session.log.length) return false;
  for (const entry of session.log.slice(sequence)) sendEntry(socket, entry);
  return true;
}

export function send(socket: WebSocket, op: number, d: unknown): void {
  socket.send(JSON.stringify({ op, d, s: null, t: null }));
}

function sendEntry(socket: WebSocket, entry: Session['log'][number]): void {
  socket.send(JSON.stringify({ op: opcode.dispatch, ...entry }));
}
