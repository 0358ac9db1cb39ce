import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { z } from 'zod';
import type { DeliveryResult } from '../../src/ports/outbox.ts';

/** What went wrong with a call. `unclear`: it may have happened. `unreached`: it has not. */
export type DiscordFault =
  | { readonly kind: 'refused'; readonly status: number; readonly code: number; readonly reason: string }
  | { readonly kind: 'throttled'; readonly retryAfterMs: number }
  | { readonly kind: 'unreached'; readonly reason: string }
  | { readonly kind: 'unclear'; readonly reason: string };

/** Codes of Node's and undici's errors that come before anything was sent. */
const unreachedCodes: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

const Coded = z.object({ code: z.string().optional(), name: z.string().optional(), cause: z.unknown() });

/** Reads what a call threw. */
export function readFault(error: unknown): DiscordFault {
  if (error instanceof RateLimitError) return { kind: 'throttled', retryAfterMs: Math.max(error.retryAfter, 1) };
  if (error instanceof DiscordAPIError) {
    const code = typeof error.code === 'number' ? error.code : 0;
    return { kind: 'refused', status: error.status, code, reason: `${error.status} ${error.code} ${error.message}` };
  }
  if (error instanceof HTTPError) return { kind: 'unclear', reason: `http ${error.status}` };
  const code = networkCode(error);
  if (code === undefined) return { kind: 'unclear', reason: String(error) };
  return unreachedCodes.includes(code) ? { kind: 'unreached', reason: code } : { kind: 'unclear', reason: code };
}

/** The answer's code where Discord refused; undefined for every other fault. */
export function refusalOf(error: unknown): number | undefined {
  const fault = readFault(error);
  return fault.kind === 'refused' ? fault.code : undefined;
}

/** The first code down the chain of causes. */
function networkCode(error: unknown): string | undefined {
  for (let at = Coded.safeParse(error); at.success; at = Coded.safeParse(at.data.cause)) {
    if (at.data.code !== undefined) return at.data.code;
  }
  return undefined;
}

/** What the outbox does about it. A refused token is the operator's to renew: nothing is lost meanwhile. */
export function deliveryResult(fault: DiscordFault): DeliveryResult {
  switch (fault.kind) {
    case 'refused':
      return { kind: fault.status === 401 ? 'retryable' : 'rejected', reason: fault.reason };
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
