import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import type { DeliveryResult } from '../../src/ports/outbox.ts';
import { type CallFault, networkFault, resultOfFault } from '../network-fault.ts';
import { errors } from './limits.ts';

/** What went wrong with a call. */
export type DiscordFault =
  | { readonly kind: 'refused'; readonly status: number; readonly code: number; readonly reason: string }
  | CallFault;

/** Reads what a call threw. */
export function readFault(error: unknown): DiscordFault {
  if (error instanceof RateLimitError) return { kind: 'throttled', retryAfterMs: Math.max(error.retryAfter, 1) };
  if (error instanceof DiscordAPIError) {
    const code = typeof error.code === 'number' ? error.code : 0;
    return { kind: 'refused', status: error.status, code, reason: `${error.status} ${error.code} ${error.message}` };
  }
  if (error instanceof HTTPError) return { kind: 'unclear', reason: `http ${error.status}` };
  return networkFault(error, String(error));
}

/** The answer's code where Discord refused; undefined for every other fault. */
export function refusalOf(error: unknown): number | undefined {
  const fault = readFault(error);
  return fault.kind === 'refused' ? fault.code : undefined;
}

/** How the word filter of server discovery names what it refuses. Source: https://github.com/ralphkb/sentinel-tickets/issues/105 */
const wordFilter = 'INVALID_COMMUNITY_PROPERTY_NAME';

/** Whether it is the name that was refused: by automatic moderation, or by the word filter of server discovery. */
export function refusesName(error: unknown): boolean {
  if (!(error instanceof DiscordAPIError)) return false;
  if (error.code === errors.moderated) return true;
  return error.code === errors.invalidBody && JSON.stringify(error.rawError).includes(wordFilter);
}

/** What the outbox does about it. A refused token is the operator's to renew: nothing is lost meanwhile. */
export function deliveryResult(fault: DiscordFault): DeliveryResult {
  if (fault.kind !== 'refused') return resultOfFault(fault);
  return { kind: fault.status === 401 ? 'retryable' : 'rejected', reason: fault.reason };
}
