import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { type Attempt, type Parcel, type Transport, typeOf } from './courier.ts';
import { NotAcknowledgedError } from './errors.ts';
import { isJson, type Json, parsedOrText } from './json.ts';

/** The `X-Slack-Signature` of a request body. `timestamp` in seconds. */
export function sign(signingSecret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

/** Sends signed requests to the bot's request URL, and takes a 2xx within `ackTimeoutMs` for the ack. */
export function createHttpTransport(
  url: string,
  signingSecret: string,
  signingClock: () => number,
  ackTimeoutMs: number,
): Transport {
  return async (parcel, attempt) => {
    const { type, body } = encode(parcel);
    const timestamp = String(Math.floor(signingClock() / 1000));
    const headers = {
      'content-type': type,
      'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': sign(signingSecret, timestamp, body),
      ...retryHeaders(attempt),
    };
    const startedAt = performance.now();
    const answer = await post(url, headers, body, ackTimeoutMs, typeOf(parcel));
    if (answer.status >= 300) {
      throw new NotAcknowledgedError(typeOf(parcel), 'http_error', `${answer.status} ${answer.text}`);
    }
    return { ackMs: performance.now() - startedAt, body: readAck(answer.text) };
  };
}

/** Posts on a connection of its own: one kept alive would hold up the bot's shutdown until it runs out. */
async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
  timeoutMs: number,
  what: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const sent = request(url, { method: 'POST', agent: false, headers, signal });
    sent.end(body);
    const [response]: IncomingMessage[] = await once(sent, 'response', { signal });
    if (!response) throw new Error('no response');
    return { status: response.statusCode ?? 0, text: await readText(response) };
  } catch (error) {
    throw new NotAcknowledgedError(what, signal.aborted ? 'http_timeout' : 'connection_failed', String(error));
  }
}

function encode({ kind, payload }: Parcel): { readonly type: string; readonly body: string } {
  if (kind === 'events_api') return { type: 'application/json', body: JSON.stringify(payload) };
  const fields = kind === 'interactive' ? { payload: JSON.stringify(payload) } : payload;
  const form = Object.entries(fields).map(([key, value]): [string, string] => [key, String(value)]);
  const body = new URLSearchParams(form).toString();
  return { type: 'application/x-www-form-urlencoded', body };
}

function retryHeaders({ retryNum, retryReason }: Attempt): Record<string, string> {
  return retryNum === 0 ? {} : { 'x-slack-retry-num': String(retryNum), 'x-slack-retry-reason': retryReason };
}

function readAck(text: string): Json | undefined {
  if (text.trim() === '') return undefined;
  const parsed = parsedOrText(text);
  return isJson(parsed) ? parsed : { text: String(parsed) };
}
