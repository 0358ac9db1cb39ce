import { webApi } from '@slack/bolt';
import type { DeliveryResult } from '../../src/ports/outbox.ts';
import { type CallFault, networkFault, resultOfFault } from '../network-fault.ts';

/** What went wrong with a Web API call. */
export type SlackFault = { readonly kind: 'refused'; readonly error: string } | CallFault;

/** Slack's own failures, after which it cannot say what it did (https://docs.slack.dev/reference/methods/chat.postMessage#errors). */
const unclearErrors: readonly string[] = ['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable'];
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
  return networkFault(error.original, 'no answer');
}

function platformFault(error: string): SlackFault {
  if (error === 'ratelimited' || error === 'rate_limited') return { kind: 'throttled', retryAfterMs: 1_000 };
  return unclearErrors.includes(error) ? { kind: 'unclear', reason: error } : { kind: 'refused', error };
}

/** Answers about the blocks of a message, which Slack may take as plain text (https://docs.slack.dev/reference/methods/chat.postMessage#errors). */
const blockErrors: readonly string[] = [
  'invalid_blocks',
  'invalid_blocks_format',
  'msg_blocks_too_long',
  'msg_too_long',
];

/** Whether a message was refused for what is in it. */
export function isAboutBlocks(fault: SlackFault): fault is Extract<SlackFault, { kind: 'refused' }> {
  return fault.kind === 'refused' && blockErrors.includes(fault.error);
}

/** What the outbox does about it. */
export function deliveryResult(fault: SlackFault): DeliveryResult {
  return fault.kind === 'refused' ? { kind: 'rejected', reason: fault.error } : resultOfFault(fault);
}

/** The app is not, or no longer, installed in that team. */
export class NotInstalled extends Error {}
