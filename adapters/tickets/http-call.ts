import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { DeskFailure } from '../../src/ports/ticket-desk.ts';
import { failureOfStatus } from './http-failure.ts';

export interface HttpCall {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** From the call to the last byte of the answer. */
  readonly timeoutMs?: number;
  /** Resolves the host's name; the system's way by default. */
  readonly lookup?: LookupFunction;
}

export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

const connectMs = 5_000;
/** Source: our ticket desk research, 3.2. */
export const defaultTimeoutMs = 30_000;
const largestAnswer = 1024 * 1024;

// A connection of its own for each call: on a kept one, a reset before the first byte could not be told from one after it.
const agents = { 'http:': new HttpAgent({ keepAlive: false }), 'https:': new HttpsAgent({ keepAlive: false }) };

/**
 * Makes one HTTP call, once. A 2xx is an answer; everything else is classified by what may have happened: `retryable` only
 * where no byte of the request can have arrived, `ambiguous` after that. Follows no redirect. Never throws.
 * Reasons name the host and never the path, the headers or the body.
 */
export function httpCall(call: HttpCall): Promise<HttpAnswer | DeskFailure> {
  return new Promise((resolve) => new Exchange(call, resolve));
}

class Exchange {
  readonly #call: HttpCall;
  readonly #resolve: (result: HttpAnswer | DeskFailure) => void;
  readonly #request: ClientRequest;
  readonly #timers: readonly NodeJS.Timeout[];
  #connected = false;
  #done = false;

  constructor(call: HttpCall, resolve: (result: HttpAnswer | DeskFailure) => void) {
    this.#call = call;
    this.#resolve = resolve;
    this.#request = this.#open();
    this.#timers = [
      setTimeout(() => this.#connected || this.#fail('no connection in time'), connectMs),
      setTimeout(() => this.#fail('no answer in time'), call.timeoutMs ?? defaultTimeoutMs),
    ];
    this.#request.on('error', (error: NodeJS.ErrnoException) => this.#fail(error.code ?? error.name));
    this.#request.on('response', (response) => this.#read(response));
    this.#request.end(call.body);
  }

  #open(): ClientRequest {
    const { url, method, headers, body, lookup } = this.#call;
    const isTls = url.protocol === 'https:';
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const options = {
      method,
      headers: { 'user-agent': 'licence-desk', ...headers, ...length },
      ...(lookup === undefined ? {} : { lookup }),
    };
    const request = isTls
      ? httpsRequest(url, { ...options, agent: agents['https:'] })
      : httpRequest(url, { ...options, agent: agents['http:'] });
    request.on('socket', (socket) => {
      socket.once(isTls ? 'secureConnect' : 'connect', () => {
        this.#connected = true;
      });
    });
    return request;
  }

  #read(response: IncomingMessage): void {
    const chunks: Buffer[] = [];
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > largestAnswer) this.#fail('the answer is too large');
      else chunks.push(chunk);
    });
    response.on('error', () => this.#fail('the answer broke off'));
    response.on('aborted', () => this.#fail('the answer broke off'));
    response.on('end', () => {
      const { statusCode: status = 0, headers } = response;
      const answered = status >= 200 && status < 300;
      this.#finish(
        answered
          ? { kind: 'answer', status, headers, text: Buffer.concat(chunks).toString('utf8') }
          : failureOfStatus(this.#call.url.host, status, headers),
      );
    });
  }

  #fail(why: string): void {
    const reason = `${this.#call.url.host}: ${why}`;
    this.#finish({ kind: this.#connected ? 'ambiguous' : 'retryable', reason });
    this.#request.destroy();
  }

  #finish(result: HttpAnswer | DeskFailure): void {
    if (this.#done) return;
    this.#done = true;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#resolve(result);
  }
}
