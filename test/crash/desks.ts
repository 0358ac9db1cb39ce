import { createMailDesk } from '../../adapters/tickets/email.ts';
import { createRequestTracker } from '../../adapters/tickets/request-tracker.ts';
import { createWebhook } from '../../adapters/tickets/webhook.ts';
import { Route } from '../../src/handoff/routes.ts';
import type { HandoffSettings } from '../../src/handoff/settings.ts';
import type { TicketDesk } from '../../src/ports/ticket-desk.ts';
import { startHttpVendor } from '../support/ticket-vendor/http-vendor.ts';
import { startMailVendor } from '../support/ticket-vendor/mail-vendor.ts';
import { requestTrackerDialect } from '../support/ticket-vendor/request-tracker-dialect.ts';
import { type Fault, TestClock, type VendorTicket } from '../support/ticket-vendor/vendor.ts';
import { webhookDialect } from '../support/ticket-vendor/webhook-dialect.ts';
import type { Orders } from './orders.ts';

/** One desk that takes a repeat for what it is, one that can be searched, one of which nothing can be known. */
export const deskNames = ['repeatable', 'searched', 'blind'] as const;
export type DeskName = (typeof deskNames)[number];

const signingKey = `whsec_${Buffer.alloc(32, 5).toString('base64')}`;
const token = 'crash';
const timeoutMs = 2_000;

/** The customer of a case is its desk. */
export const deskSettings: HandoffSettings = {
  sender: { kind: 'customer', name: 'Contoso K.K.', timeZone: 'Asia/Tokyo' },
  defaults: { country: 'JP' },
  hours: {},
  agentHours: {},
  desks: Object.fromEntries(deskNames.map((name) => [name, { name, country: 'JP', language: 'en' }] as const)),
  routes: deskNames.map((name) => Route.parse({ when: { customer: [name] }, to: name })),
};

/** The three as the product has them, at the vendors of the orders. */
export function openDesks({ repeatable, searched, blind }: Orders['vendors']): Readonly<Record<DeskName, TicketDesk>> {
  return {
    repeatable: createWebhook({ url: repeatable, secrets: [signingKey], privateNetwork: true, timeoutMs }),
    searched: createRequestTracker({
      url: searched,
      queue: 'General',
      credentials: { kind: 'token', token },
      referenceField: 'Case',
      timeoutMs,
    }),
    blind: createMailDesk({
      host: '127.0.0.1',
      port: blind,
      tls: 'none',
      credentials: { kind: 'none' },
      from: 'desk@contoso.example',
      to: 'support@desk.example',
      timeoutMs,
    }),
  };
}

export interface Vendors {
  readonly orders: Orders['vendors'];
  tickets(): readonly VendorTicket[];
  close(): Promise<void>;
}

/** One creation in five meets one of these. */
const faults: readonly Fault[] = [
  'reset-before',
  'reset-after',
  'error-before',
  'error-after',
  'busy',
  'conflict',
  'garbled',
];
const plannedCreations = 20_000;

/** The three vendors, each with a will of its own. `random` is in [0, 1). */
export async function startVendors(random: () => number): Promise<Vendors> {
  const [repeatable, searched, blind] = await Promise.all([
    startHttpVendor(webhookDialect(signingKey), new TestClock()),
    startHttpVendor(requestTrackerDialect(token), new TestClock()),
    startMailVendor(),
  ]);
  const all = [repeatable, searched, blind];
  for (const vendor of all)
    vendor.plan(
      Array.from({ length: plannedCreations }, () => faults[Math.floor(random() * faults.length * 5)] ?? 'none'),
    );
  return {
    orders: { repeatable: repeatable.url, searched: searched.url, blind: blind.port },
    tickets: () => all.flatMap((vendor) => vendor.tickets()),
    close: async () => {
      await Promise.all(all.map((vendor) => vendor.close()));
    },
  };
}
