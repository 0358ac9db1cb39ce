/**
 * What an answer costs beside a Bolt app that only acknowledges, over signed HTTP: `node test/bench/slack.bench.ts`.
 * Wanted: a lookup of a code at least 0.8 of it, a guided turn (on disk before its ack) at least 0.5; at 500 requests a second 99 of
 * 100 acks within 100 ms, none above a second. The servers have a process of their own; the load comes from this one.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { writeAddress } from '../../src/message/address.ts';
import { shippedKnowledge } from '../support/knowledge.ts';
import { sign } from '../support/slack-peer/http-transport.ts';
import type { Servers } from './slack-servers.ts';

const rounds = 5;
const perRound = 1_000;
const connections = 32;
const pace = { perSecond: 500, seconds: 5 };
/** Every guided turn answers a question of a conversation of its own, so that none grows. */
const conversationsNeeded = (rounds + 1) * perRound + pace.perSecond * pace.seconds;

const program = fileURLToPath(new URL('slack-servers.ts', import.meta.url));
const child = spawn(process.execPath, [program, String(conversationsNeeded)], { stdio: ['pipe', 'pipe', 'inherit'] });
const output = createInterface(child.stdout);
const [line] = await once(output, 'line');
const servers = JSON.parse(String(line)) as Servers;
const unused = [...servers.conversations];
const codes = [...shippedKnowledge().codes.keys()];
let count = 0;

/** A code, of all that ship one after the other: each was asked before. */
function lookup(): string {
  count += 1;
  return slashCommand(codes[count % codes.length] ?? '');
}

/** A text that nobody has asked before. */
function lookupAnew(): string {
  count += 1;
  return slashCommand(`${codes[count % codes.length]} on server ${count}`);
}

/** As Slack sends it. */
function slashCommand(text: string): string {
  return form({
    ...{ token: 'x', team_id: 'T1', team_domain: 'contoso', channel_id: 'C1', channel_name: 'help-desk' },
    ...{ user_id: 'U1', user_name: 'ada', command: '/licence', text, api_app_id: 'A1' },
    ...{ is_enterprise_install: 'false', response_url: 'http://127.0.0.1:9/1', trigger_id: `lookup.${count}` },
  });
}

/** A press on a choice of the first question. */
function guided(): string {
  count += 1;
  const conversation = unused.pop() ?? '';
  const value = writeAddress({ conversation, turn: 1, step: 'installed-edition-id', choice: 'standard-eval' });
  const action = { type: 'button', block_id: 'b', action_ts: '1.1', text: { type: 'plain_text', text: 'x' }, value };
  const payload = {
    ...{ type: 'block_actions', team: { id: 'T1' }, enterprise: null, is_enterprise_install: false, api_app_id: 'A1' },
    ...{ user: { id: 'U1', username: 'ada', name: 'ada', team_id: 'T1' }, token: 'x', trigger_id: `press.${count}` },
    container: { type: 'message', message_ts: '2.2', thread_ts: '1.1', channel_id: 'C1', is_ephemeral: false },
    ...{
      channel: { id: 'C1', name: 'help-desk' },
      message: { ts: '2.2', thread_ts: '1.1', text: 'asked', blocks: [] },
    },
    ...{ response_url: 'http://127.0.0.1:9/2', actions: [{ ...action, action_id: 'press.en.choice0' }] },
  };
  return form({ payload: JSON.stringify(payload) });
}

function form(fields: Readonly<Record<string, string>>): string {
  return new URLSearchParams(fields).toString();
}

function signed(url: string, body: string): string {
  const { host, pathname } = new URL(url);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = sign(servers.signingSecret, timestamp, body);
  return [
    `POST ${pathname} HTTP/1.1`,
    `host: ${host}`,
    'content-type: application/x-www-form-urlencoded',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-slack-request-timestamp: ${timestamp}`,
    `x-slack-signature: ${signature}`,
    '',
    body,
  ].join('\r\n');
}

/** A kept connection that sends one request at a time; far cheaper than the servers it measures. */
class Line {
  readonly #socket: Socket;
  #answered: (answer: string) => void = () => {};
  #received = '';

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#socket = connect(Number(port), hostname);
    this.#socket.setNoDelay(true);
    this.#socket.setEncoding('latin1');
    this.#socket.on('data', (part: string) => this.#take(part));
  }

  /** Rejects anything but a whole 200. */
  async send(request: string): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>();
    this.#answered = resolve;
    this.#socket.write(request);
    const answer = await promise;
    if (!answer.startsWith('HTTP/1.1 200')) throw new Error(answer.slice(0, 300));
    return answer;
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(part: string): void {
    this.#received += part;
    if (!isWhole(this.#received)) return;
    const answer = this.#received;
    this.#received = '';
    this.#answered(answer);
  }
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const length = /content-length: (\d+)/i.exec(text.slice(0, end))?.[1];
  return length === undefined ? text.endsWith('0\r\n\r\n') : text.length >= end + 4 + Number(length);
}

interface Measured {
  /** Requests a second. */
  readonly rate: number;
  /** Microseconds of CPU a request takes: other programs of the machine change it little. */
  readonly cpu: number;
}

/** What the server makes of `connections` lines that send one request after the other. */
async function measure(url: string, bodies: readonly string[]): Promise<Measured> {
  const waiting = bodies.map((body) => signed(url, body));
  const lines = Array.from({ length: connections }, () => new Line(url));
  const cpu = await cpuUsed();
  const start = performance.now();
  await Promise.all(
    lines.map(async (each) => {
      for (let request = waiting.pop(); request !== undefined; request = waiting.pop()) await each.send(request);
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  const used = (await cpuUsed()) - cpu;
  for (const each of lines) each.close();
  return { rate: bodies.length / seconds, cpu: used / bodies.length };
}

async function cpuUsed(): Promise<number> {
  child.stdin.write('cpu\n');
  return Number((await once(output, 'line'))[0]);
}

/** How long acks take when requests come at their own pace, from the moment each was due; in milliseconds, ascending. */
async function latencies(url: string, bodies: readonly string[]): Promise<readonly number[]> {
  const requests = bodies.map((body) => signed(url, body));
  const all: Line[] = [];
  const free: Line[] = [];
  const taken: Promise<number>[] = [];
  const start = performance.now();
  for (const [index, request] of requests.entries()) {
    const due = start + (index * 1000) / pace.perSecond;
    await sleep(Math.max(0, due - performance.now()));
    const each = free.shift() ?? new Line(url);
    if (!all.includes(each)) all.push(each);
    taken.push(
      each.send(request).then(() => {
        free.push(each);
        return performance.now() - due;
      }),
    );
  }
  const sorted = (await Promise.all(taken)).toSorted((one, other) => one - other);
  for (const each of all) each.close();
  return sorted;
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

const times = (build: () => string, amount: number) => Array.from({ length: amount }, build);

for (const [name, build] of Object.entries({ lookup, 'lookup of a new text': lookupAnew, guided })) {
  const measured: { readonly ackOnly: Measured; readonly ours: Measured }[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const bodies = times(build, perRound);
    const ackOnly = await measure(servers.ackOnly, bodies);
    const ours = await measure(servers.desk, bodies);
    // The first round warms both up.
    if (round > 0) measured.push({ ackOnly, ours });
  }
  const of = (part: (each: (typeof measured)[number]) => number) => median(measured.map(part));
  const [ack, our] = [of(({ ackOnly }) => ackOnly.rate), of(({ ours }) => ours.rate)];
  const [ackCpu, ourCpu] = [of(({ ackOnly }) => ackOnly.cpu), of(({ ours }) => ours.cpu)];
  console.log(
    `${name}: ${of(({ ackOnly, ours }) => ours.rate / ackOnly.rate).toFixed(2)} of ack-only (${our.toFixed(0)} against ${ack.toFixed(0)} a second)`,
  );
  console.log(
    `  by CPU time: ${of(({ ackOnly, ours }) => ackOnly.cpu / ours.cpu).toFixed(2)} (${ourCpu.toFixed(0)} against ${ackCpu.toFixed(0)} µs a request)`,
  );
}
const acks = await latencies(servers.desk, times(guided, pace.perSecond * pace.seconds));
const at = (share: number) => (acks[Math.ceil(acks.length * share) - 1] ?? 0).toFixed(1);
console.log(`guided at ${pace.perSecond}/s: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`);
child.stdin.end();
const [turns] = await once(output, 'line');
console.log(
  `${turns} turns on disk, of ${conversationsNeeded - unused.length} pressed and ${conversationsNeeded} opened`,
);
