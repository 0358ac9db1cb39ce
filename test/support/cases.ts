import { loadKnowledge } from '../../adapters/load-knowledge.ts';
import type { Conversation } from '../../src/conversation/conversation.ts';
import type { Details } from '../../src/conversation/handoff-state.ts';
import type { Case } from '../../src/handoff/case.ts';
import { type Comment, commentMark, commentReference } from '../../src/handoff/comment.ts';
import type { Ticket } from '../../src/handoff/ticket.ts';

export const knowledge = loadKnowledge();

export const opened = '2026-11-22T05:00:00.000Z';

/** A conversation in which these answers were given, by the requester, a minute apart. */
export function conversationOf(
  flow: string,
  answers: Readonly<Record<string, string | number>>,
  more: Partial<Conversation> = {},
): Conversation {
  const facts = Object.entries(answers).map(([question, value], index) => ({
    question,
    value,
    origin: 'said' as const,
    turn: 1,
    by: 'U1',
    at: new Date(Date.parse(opened) + (index + 1) * 60_000).toISOString(),
  }));
  return {
    shape: 1,
    id: 'bcdfghjkmnpqrs',
    workspace: 'slack:T1',
    venue: 'C1',
    requester: 'U1',
    locale: 'en',
    turn: 1,
    state: 'open',
    others: false,
    openedAt: opened,
    lastAt: opened,
    facts,
    round: { flow, since: 1 },
    closedRounds: [],
    prompt: null,
    asked: {},
    pending: null,
    person: null,
    handoff: null,
    claim: null,
    ...more,
  };
}

/** Details that were said; `null` is an "I don't know" with a reason. */
export function detailsOf(said: Readonly<Record<string, string | null>>): Details {
  const entries = Object.entries(said).map(([field, value]) => [
    field,
    { value, why: value === null ? 'the invoice is lost' : null, origin: 'said' as const, by: 'U1', at: opened },
  ]);
  return Object.fromEntries(entries);
}

export const contact = {
  customer: 'Contoso K.K.',
  country: 'JP',
  'contact-name': 'Hanako Yamada',
  'contact-email': 'hanako@contoso.example',
  'contact-hours': '09:00-18:00',
  'contact-phone': '+81-3-0000-0000',
  'impact-level': 'running',
  production: 'yes',
  workaround: 'no',
  impact: 'Runs in notification mode',
} as const;

export const makLimit: Case = {
  conversation: conversationOf(
    'activation',
    {
      'error-code': '0xC004C020',
      'key-channel': 'mak',
      'installed-version': '2019',
      'installed-edition': 'standard',
      'licence-status': 'notification',
      'edition-matches': 'yes',
      'key-retyped': 'yes',
      'ato-result': 'failed',
      'portal-result': 'refused',
      internet: 'direct',
      'azure-vm': 'unsure',
    },
    {
      closedRounds: [
        {
          flow: 'key',
          code: '0xC004F050',
          outcome: 'retype-key',
          result: 'another-code',
          closedAt: '2026-11-22T04:40:00.000Z',
        },
      ],
    },
  ),
  desk: 'vl-support',
  generation: 1,
  details: detailsOf({
    ...contact,
    ask: 'raise-mak',
    'ask-amount': '4',
    'activations-used': '50 of 50',
    justification: 'Four virtual machines were rebuilt after a storage failure.',
    'vl-role': 'keys-reader',
    programme: 'Open Value',
    agreement: 'V1234567',
    'key-last-five': '6789B',
    deadline: '2026-11-27',
    'servers-affected': '4',
    'order-number': null,
  }),
  sender: { kind: 'customer', name: 'Contoso K.K.', timeZone: 'Asia/Tokyo' },
  consent: {
    text: 'I agree',
    at: '2026-11-22T05:30:00.000Z',
    by: 'U1',
    recipient: { name: 'Microsoft', country: 'US' },
  },
  outputs: [{ at: opened, text: 'Partial Product Key: 6789B\nInstallation ID: [INSTALLATION-ID …123456]\n' }],
  transcript: [
    { at: opened, speaker: 'requester', text: 'activation fails with 0xC004C020' },
    { at: '2026-11-22T05:00:10.000Z', speaker: 'bot', text: 'The MAK has reached its limit.' },
  ],
  at: '2026-11-22T05:31:00.000Z',
};

export const editionBought: Case = {
  ...makLimit,
  conversation: conversationOf(
    'key',
    {
      'error-code': '0xC004F069',
      'key-channel': 'retail',
      'installed-version': '2022',
      'installed-edition': 'datacenter',
      'bought-edition': 'unsure',
    },
    { locale: 'ja' },
  ),
  desk: 'reseller',
  details: detailsOf({
    ...contact,
    ask: 'exchange-edition',
    seller: 'Example Reseller',
    'order-number': '2024-88120',
    'bought-on': '2024-03-11',
    'product-bought': 'Windows Server 2022 Standard',
    'key-last-five': 'Q7R4T',
  }),
  outputs: [],
};

export const boardSwap: Case = {
  ...makLimit,
  conversation: conversationOf('hardware', {
    'error-code': '0xC004F063',
    'key-channel': 'oem',
    'installed-version': '2019',
    'hardware-change': 'mainboard',
  }),
  desk: 'oem',
  details: detailsOf({
    ...contact,
    ask: 'replace-key',
    maker: 'HPE',
    model: 'ProLiant DL380 Gen10',
    serial: 'CZ12345678',
    'coa-serial': '00186-123-456-789',
    'purchase-proof': 'ready',
    'label-photo': 'by-upload',
    'key-last-five': null,
  }),
};

export const rdsCals: Case = {
  ...makLimit,
  conversation: conversationOf('rds', { 'rds-topic': 'refused', 'rds-mode': 'per-user', 'rds-cal-version': '2019' }),
  desk: 'rds-clearinghouse',
  details: detailsOf({
    ...contact,
    'impact-level': 'down',
    ask: 'activate-rds',
    programme: 'Open Value',
    authorization: '12345678ZZE1234',
    'rds-cal-count': '50',
    'licence-server-ready': 'ready',
  }),
  outputs: [],
};

export const blockedMak: Case = {
  ...makLimit,
  conversation: conversationOf('rejected', {
    'error-code': '0xC004C003',
    'key-channel': 'mak',
    'installed-version': '2022',
    'portal-result': 'refused',
  }),
  desk: 'activation-centre',
  details: detailsOf({ ...contact, ask: 'replace-key', 'key-last-five': '6789B', 'installation-id-ready': 'ready' }),
};

export const kmsUnreachable: Case = {
  ...makLimit,
  conversation: conversationOf('kms', {
    'error-code': '0xC004F074',
    'key-channel': 'kms',
    'kms-srv': 'found',
    'kms-port': 'closed',
  }),
  desk: 'internal',
  details: detailsOf({ ...contact, ask: 'repair-kms', 'server-name': 'web01.contoso.example' }),
};

/** One complete case a desk. */
export const completeCases = {
  'vl-support': makLimit,
  reseller: editionBought,
  oem: boardSwap,
  'rds-clearinghouse': rdsCals,
  'activation-centre': blockedMak,
  internal: kmsUnreachable,
} as const;

/** What somebody answers in a ticket, as it goes out. */
export function commentIn({ reference, number, locale, subject, requester }: Ticket, turn: number): Comment {
  const mark = commentMark(number, turn);
  return {
    reference: commentReference(reference, turn),
    ticket: reference,
    number,
    mark,
    ...{ locale, subject, requester },
    body: `上限は 54 回で足ります。\n\n山田 花子 (チャットから送信) ${mark}\n`,
    createdAt: '2026-11-22T06:00:00.000Z',
  };
}
