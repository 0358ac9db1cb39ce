import { z } from 'zod';
import { roundResults } from '../conversation/conversation.ts';
import { origins } from '../conversation/fact.ts';
import { desks } from '../knowledge/schema/ids.ts';
import { locales } from '../text/locale.ts';

const Instant = z.iso.datetime();
const text = z.string();

/**
 * `case-file.json`, the case for machines; its JSON Schema is `schemas/case-file.schema.json`. Sections hold the fields of
 * `knowledge/tickets.yaml` that were said, by field id; `facts` what the diagnosis learnt, each with where it came from.
 * What is not known is in `unknowns`, never left out in silence. No key, installation ID or licence server ID is in it.
 */
export const CaseFile = z.strictObject({
  schema: z.literal('licence-desk.case/1'),
  number: text,
  reference: text,
  generation: z.int().min(1),
  createdAt: Instant,
  language: z.enum(locales),
  source: z.strictObject({ workspace: text, conversation: text, requester: text }),
  sender: z.strictObject({ kind: z.enum(['customer', 'msp']), name: text, timeZone: text }),
  desk: z.enum(desks),
  severity: z.strictObject({ level: z.literal([1, 2, 3, 4]), details: z.record(text, text) }),
  ask: z.record(text, text),
  contact: z.record(text, text),
  customer: z.record(text, text),
  entitlement: z.record(text, text),
  system: z.record(text, text),
  evidence: z.strictObject({
    code: text.nullable(),
    title: text.nullable(),
    reportedAt: Instant,
    outputs: z.array(text),
  }),
  facts: z.array(
    z.strictObject({ question: text, value: z.union([text, z.number()]), origin: z.enum(origins), at: Instant }),
  ),
  tried: z.array(
    z.strictObject({
      flow: text,
      code: text.nullable(),
      outcome: text.nullable(),
      title: text.nullable(),
      result: z.enum(roundResults),
      at: Instant,
    }),
  ),
  ruledOut: z.array(z.strictObject({ question: text, value: text })),
  unknowns: z.array(z.strictObject({ field: text, why: text.nullable() })),
  consent: z
    .strictObject({ text, at: Instant, by: text, recipient: z.strictObject({ name: text, country: text }) })
    .nullable(),
  redactions: z.int().min(0),
  /** What the requester keeps out of it. */
  leftOut: z.array(z.enum(['transcript'])),
  attachments: z.array(z.strictObject({ name: text, type: text, bytes: z.int().min(0) })),
  completeness: z.strictObject({ score: z.int().min(0).max(100), missing: z.array(text) }),
});
export type CaseFile = z.infer<typeof CaseFile>;

/** Which section of the case file a field belongs to. */
export const sectionOfField = {
  ask: 'ask',
  'ask-amount': 'ask',
  'ask-text': 'ask',
  justification: 'ask',
  'impact-level': 'severity',
  production: 'severity',
  workaround: 'severity',
  impact: 'severity',
  deadline: 'severity',
  customer: 'customer',
  country: 'customer',
  'customer-number': 'customer',
  'contact-name': 'contact',
  'contact-email': 'contact',
  'contact-phone': 'contact',
  'contact-prefer': 'contact',
  'contact-hours': 'contact',
  'vl-role': 'contact',
  maker: 'system',
  model: 'system',
  serial: 'system',
  'server-name': 'system',
  'servers-affected': 'system',
  platform: 'system',
  'installation-id-ready': 'system',
  'licence-server-ready': 'system',
} as const satisfies Readonly<Record<string, 'ask' | 'severity' | 'customer' | 'contact' | 'system'>>;
