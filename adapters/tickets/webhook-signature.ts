import { Webhook, WebhookVerificationError } from 'standardwebhooks';
import type { Verify } from './signature.ts';

/**
 * Checks what the receiver of our webhooks posts back, signed as they are, by any of the secrets. Five minutes old at most.
 * Source: Standard Webhooks, spec/standard-webhooks.md.
 */
export function verifyWebhook(secrets: readonly string[]): Verify {
  const webhooks = secrets.map((secret) => new Webhook(secret));
  return (given, body) => {
    const header = (name: string) => String(given[name] ?? '');
    const headers = {
      'webhook-id': header('webhook-id'),
      'webhook-timestamp': header('webhook-timestamp'),
      'webhook-signature': header('webhook-signature'),
    };
    let reason = '';
    for (const webhook of webhooks) {
      try {
        webhook.verify(body, headers, { jsonParse: false });
        return { kind: 'genuine' };
      } catch (error) {
        if (!(error instanceof WebhookVerificationError)) throw error;
        reason = error.message;
      }
    }
    return { kind: 'refused', reason };
  };
}
