import type { IncomingHttpHeaders } from 'node:http';
import type { DeskFailure } from '../../src/ports/ticket-desk.ts';

const longestWaitMs = 60 * 60_000;
const defaultWaitMs = 60_000;

/**
 * What a status other than 2xx says about a creation. 409 is our own request still under way; after a 5xx the desk may have
 * done it; 401, 403 and 410 hold for every ticket, not for this one.
 */
export function failureOfStatus(
  host: string,
  status: number,
  headers: IncomingHttpHeaders,
  now = Date.now(),
): DeskFailure {
  const reason = `${host} answered ${status}`;
  if (status === 429) return { kind: 'throttled', retryAfterMs: retryAfterMs(headers['retry-after'], now) };
  if (status === 401 || status === 403 || status === 410) return { kind: 'closed', reason };
  if (status === 408 || status === 409 || status >= 500) return { kind: 'ambiguous', reason };
  return { kind: 'rejected', reason };
}

/** `Retry-After` in seconds or as a date; a minute where there is none, an hour at most. */
export function retryAfterMs(header: string | undefined, now: number): number {
  const text = header?.trim() ?? '';
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(ms) ? defaultWaitMs : Math.min(longestWaitMs, Math.max(0, ms));
}
