import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Verify } from './signature.ts';

const toleranceMs = 5 * 60_000;

/**
 * Checks what a Zendesk webhook posts: base64(HMAC-SHA256(timestamp + body)). The tolerance is that of Standard Webhooks.
 * Source: developer.zendesk.com, Webhooks, Verifying (read 2026-11-25).
 */
export function verifyZendesk(secret: string, now: () => number): Verify {
  return (headers, body) => {
    const signature = headers['x-zendesk-webhook-signature'];
    const timestamp = headers['x-zendesk-webhook-signature-timestamp'];
    if (typeof signature !== 'string' || typeof timestamp !== 'string')
      return { kind: 'refused', reason: 'not signed' };
    const expected = createHmac('sha256', secret).update(timestamp).update(body).digest();
    const given = Buffer.from(signature, 'base64');
    if (given.length !== expected.length || !timingSafeEqual(given, expected))
      return { kind: 'refused', reason: 'signed by another secret, or changed on the way' };
    const isNew = Math.abs(now() - Date.parse(timestamp)) <= toleranceMs;
    return isNew ? { kind: 'genuine' } : { kind: 'refused', reason: 'signed more than five minutes ago' };
  };
}
