import { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { DeliveryResult } from '../../src/ports/outbox.ts';

/** What went wrong with a Web API call. `unclear`: it may have happened. `unreached`: it has not. */
export type SlackFault =
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  | { readonly kind: 'unreached'; readonly reason: string }
  | { readonly kind: 'unclear'; readonly reason: string };

/** Slack's own failures, after which it cannot say what it did (https://docs.slack.dev/reference/methods/chat.postMessage#errors). */
const unclearErrors: readonly string[] = ['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable'];
/** Codes of Node's and undici's errors that come before anything was sent. */
const unreachedCodes: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

const Coded = z.object({ code: z.string().optional(), cause: z.unknown() });

/** Reads what a call threw. Anything that is not Slack's or the network's is thrown on: it is a defect of ours. */
export function readFault(error: unknown): SlackFault {
  if (error instanceof NotInstalled) return { kind: 'refused', error: 'not_installed' };
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { kind: 'throttled', retryAfterMs: error.retryAfter * 1000 };
  if (error instanceof webApi.WebAPIPlatformError) return platformFault(error.data.error);
  if (error instanceof webApi.WebAPIHTTPError) {
    const { statusCode } = error;
    return statusCode >= 500
      ? { kind: 'unclear', reason: `http ${statusCode}` }
      : { kind: 'refused', error: `http_${statusCode}` };
  }
  if (!(error instanceof webApi.WebAPIRequestError)) throw error;
  const code = networkCode(error.original) ?? 'no answer';
  return unreachedCodes.includes(code) ? { kind: 'unreached', reason: code } : { kind: 'unclear', reason: code };
}

function platformFault(error: string): SlackFault {
  if (error === 'ratelimited' || error === 'rate_limited') return { kind: 'throttled', retryAfterMs: 1_000 };
  return unclearErrors.includes(error) ? { kind: 'unclear', reason: error } : { kind: 'refused', error };
}

/** The first code down the chain of causes. */
function networkCode(error: unknown): string | undefined {
  for (let at = Coded.safeParse(error); at.success; at = Coded.safeParse(at.data.cause)) {
    if (at.data.code !== undefined) return at.data.code;
  }
  return undefined;
}

/** What the outbox does about it. */
export function deliveryResult(fault: SlackFault): DeliveryResult {
  switch (fault.kind) {
    case 'refused':
      return { kind: 'rejected', reason: fault.error };
    case 'throttled':
      return { kind: 'throttled', retryAfterMs: fault.retryAfterMs };
    case 'unreached':
      return { kind: 'retryable', reason: fault.reason };
    case 'unclear':
      return { kind: 'ambiguous', reason: fault.reason };
    default:
      return fault satisfies never;
  }
}

/** The app is not, or no longer, installed in that team. */
export class NotInstalled extends Error {}
