import { createMailDesk } from '../../adapters/tickets/email.ts';
import { createRequestTracker } from '../../adapters/tickets/request-tracker.ts';
import { createWebhook } from '../../adapters/tickets/webhook.ts';
import { createZendesk } from '../../adapters/tickets/zendesk.ts';
import { describeTicketDesk } from '../contracts/ticket-desk-contract.ts';
import { startHttpVendor } from '../support/ticket-vendor/http-vendor.ts';
import { startMailVendor } from '../support/ticket-vendor/mail-vendor.ts';
import { requestTrackerDialect } from '../support/ticket-vendor/request-tracker-dialect.ts';
import { webhookDialect } from '../support/ticket-vendor/webhook-dialect.ts';
import { zendeskDialect } from '../support/ticket-vendor/zendesk-dialect.ts';

const timeoutMs = 120;
const signingKey = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;

describeTicketDesk('Zendesk', async (clock) => {
  const vendor = await startHttpVendor(zendeskDialect('t0ken'), clock);
  return { vendor, desk: createZendesk({ url: vendor.url, email: 'bot@contoso.example', token: 't0ken', timeoutMs }) };
});

const tracker = {
  credentials: { kind: 'token', token: 'rt-token' },
  queue: 'General',
  referenceField: 'Case',
  timeoutMs,
} as const;

describeTicketDesk('Request Tracker', async (clock) => {
  const vendor = await startHttpVendor(requestTrackerDialect('rt-token'), clock);
  return { vendor, desk: createRequestTracker({ ...tracker, url: vendor.url }) };
});

const lagging = { find: 'eventual', findLagMs: 60_000 } as const;

describeTicketDesk('a desk whose search lags', async (clock) => {
  const vendor = await startHttpVendor(requestTrackerDialect('rt-token'), clock, 45_000);
  const desk = createRequestTracker({ ...tracker, url: vendor.url });
  return {
    vendor,
    desk: {
      ...desk,
      abilities: { ...desk.abilities, ...lagging, comments: { ...desk.abilities.comments, ...lagging } },
    },
  };
});

describeTicketDesk('signed webhook', async (clock) => {
  const vendor = await startHttpVendor(webhookDialect(signingKey), clock);
  return { vendor, desk: createWebhook({ url: vendor.url, secrets: [signingKey], privateNetwork: true, timeoutMs }) };
});

describeTicketDesk('mail', async () => {
  const vendor = await startMailVendor();
  const desk = createMailDesk({
    host: '127.0.0.1',
    port: vendor.port,
    tls: 'none',
    credentials: { kind: 'none' },
    from: 'desk@contoso.example',
    to: 'support@reseller.example',
    timeoutMs,
  });
  return { vendor, desk };
});
