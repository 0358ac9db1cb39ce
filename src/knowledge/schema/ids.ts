import { z } from 'zod';

/** Names of steps, questions, choices, outcomes and flows. At most 24 characters, so that every button's address fits every platform. */
export const Id = z
  .string('quote it: YAML reads some words and numbers as something else')
  .regex(/^[a-z0-9][a-z0-9-]{0,23}$/, 'use at most 24 lower-case letters, digits and hyphens');

export const SourceId = z
  .string()
  .regex(/^[SC]-[A-Z0-9-]+$/, 'name a source of knowledge/sources.yaml, such as S-CONVERT');

export const desks = [
  'reseller',
  'oem',
  'vl-support',
  'activation-centre',
  'rds-clearinghouse',
  'internal',
  'none',
] as const;
export type Desk = (typeof desks)[number];
export const Desk = z.enum(desks, `name a desk: ${desks.join(', ')}`);

export const Confidence = z.enum(['official', 'derived', 'unsourced'], 'say official, derived or unsourced');

/** The day, or the month, on which somebody last compared an entry with its source. */
export const Checked = z
  .string('quote the date')
  .regex(/^\d{4}-\d{2}(-\d{2})?$/, 'write the date as "2026-11" or "2026-11-22"');

/** What one answer may be, without being one of a question's own choices: the person does not know. */
export const unsure = 'unsure';

/** Step names that addresses use for themselves (see `src/message/address.ts`). */
export const reservedSteps = ['nav', 'round', 'change', 'edit', 'start', 'handoff', 'handoff-field'] as const;
