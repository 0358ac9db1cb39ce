import { z } from 'zod';
import type { DeliveryResult } from '../src/ports/outbox.ts';

/** What went wrong with a call to a platform that did not refuse it. `unclear`: it may have happened. `unreached`: it has not. */
export type CallFault =
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

const Coded = z.object({ code: z.string().optional(), cause: z.unknown() });

/** The fault of a network error, by the first code down its chain of causes; `otherwise` is the reason of one without any. */
export function networkFault(error: unknown, otherwise: string): CallFault {
  const code = networkCode(error) ?? otherwise;
  return unreachedCodes.includes(code) ? { kind: 'unreached', reason: code } : { kind: 'unclear', reason: code };
}

function networkCode(error: unknown): string | undefined {
  for (let at = Coded.safeParse(error); at.success; at = Coded.safeParse(at.data.cause)) {
    if (at.data.code !== undefined) return at.data.code;
  }
  return undefined;
}

/** What the outbox does about it. */
export function resultOfFault(fault: CallFault): DeliveryResult {
  switch (fault.kind) {
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
