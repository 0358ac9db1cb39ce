import { z } from 'zod';
import { Version } from './editions.ts';
import { RuleId, Sourced } from './rules.ts';

const Count = z.number('write a whole number').int('write a whole number').nonnegative();
const CalVersion = z.union([z.literal('2003'), Version], 'quote a CAL version, such as "2019"');

/** A CAL version with the server releases that share it. R2 releases have no CAL of their own. */
const Generation = z.strictObject({ cal: CalVersion, servers: z.array(Version) });

const DowngradeRight = z.strictObject({
  channel: z.enum(['volume', 'oem', 'retail', 'evaluation', 'subscription']),
  right: z.enum(['yes', 'terms', 'none', 'unknown'], 'say yes, terms (the licence text decides), none or unknown'),
  rule: RuleId,
  ...Sourced,
});

/** `knowledge/cals.yaml`: who needs a CAL, what it covers, how many cores and CALs, and what may be moved or downgraded. */
export const Cals = z.strictObject({
  /** Oldest first. A CAL covers servers of its own generation and of every older one. */
  generations: z.array(Generation).min(1),
  'generations-from': z.strictObject(Sourced),
  'free-admins': z.strictObject({ count: Count, ...Sourced }),
  essentials: z.strictObject({ users: Count, devices: Count, ...Sourced }),
  foundation: z.strictObject({ users: Count, ...Sourced }),
  /** Versions whose terms exempt only access without any sign-in; later terms exempt public Web Workloads. */
  'anonymous-web': z.strictObject({ versions: z.array(Version).min(1), ...Sourced }),
  reassign: z.strictObject({ days: Count, ...Sourced }),
  cores: z.strictObject({
    'per-processor': Count,
    'per-server': Count,
    'vms-per-licensing': Count,
    'per-vm': z.strictObject({
      from: z.iso.date('write the day as "2022-10-01"'),
      cores: Count,
      'cores-per-customer': Count,
      ...Sourced,
    }),
    ...Sourced,
  }),
  downgrade: z.array(DowngradeRight).min(1),
  rds: z.strictObject({
    'grace-days': Count,
    'free-admin-sessions': Count,
    'workgroup-modes': z.array(z.enum(['per-user', 'per-device'])).min(1),
    ...Sourced,
  }),
});
export type Cals = z.infer<typeof Cals>;
