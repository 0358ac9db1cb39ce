import type { Json } from './json.ts';

/** What a Web API method answers with `ok: false`; `extra` is merged into the answer. */
export class SlackError extends Error {
  readonly code: string;
  readonly extra: Json;

  constructor(code: string, extra: Json = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }
}

/** The bot did not answer a delivery with 2xx (HTTP) or an ack (Socket Mode) in time. */
export class NotAcknowledgedError extends Error {
  readonly reason: 'http_timeout' | 'http_error' | 'connection_failed' | 'ack_lost';

  constructor(what: string, reason: NotAcknowledgedError['reason'], detail: string) {
    super(`${what} was not acknowledged: ${reason} (${detail})`);
    this.reason = reason;
  }
}

/** A person cannot do that in Slack: the button is not there, a required field is empty, the message is not theirs to see. */
export class ImpossibleActError extends Error {}
