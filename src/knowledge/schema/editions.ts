import { z } from 'zod';
import { Desk, Id } from './ids.ts';
import { RuleId, Sourced } from './rules.ts';

export const versions = ['2008', '2008r2', '2012', '2012r2', '2016', '2019', '2022', '2025'] as const;
export const Version = z.enum(versions, `quote a version: ${versions.join(', ')}`);
export type Version = z.infer<typeof Version>;

/** Keys exist for the Semi-Annual Channel too, which no rule asks about; `sac` stands for 1709 to 20H2 together. */
const KeyVersion = z.enum([...versions, 'sac', 'sac-1709', 'sac-1803', 'sac-1809']);

export const editions = ['standard', 'datacenter', 'essentials', 'azure', 'foundation', 'enterprise', 'web'] as const;
export type Edition = (typeof editions)[number];
const special = [
  'hpc',
  'itanium',
  'multipoint-standard',
  'multipoint-premium',
  'storage-standard',
  'storage-workgroup',
  'hyper-v-server',
  'azure-local',
  'multi-session',
] as const;
const AnyEdition = z.enum([...editions, ...special], `name an edition: ${[...editions, ...special].join(', ')}`);

const Day = z.iso.date('write the day as "2018-11-13"');
const ProductKey = z.string().regex(/^([A-Z0-9]{5}-){4}[A-Z0-9]{5}$/, 'write the published key as five groups of five');
const Command = z.string('write the command').min(1);

const Release = z.strictObject({
  id: Version,
  label: z.string('the version as Microsoft writes it, such as "2012 R2"'),
  kernel: z.string('quote the kernel version'),
  builds: z.array(z.number().int()).min(1),
  start: Day,
  'mainstream-end': Day,
  'extended-end': Day,
  'esu-end': Day.optional(),
  'esu-azure-end': Day.optional(),
  model: z.enum(['server', 'processor', 'core'], 'what is licensed besides the CALs: server, processor or core'),
  editions: z.array(AnyEdition).min(1),
  'upgrades-to': z.array(Version),
  ...Sourced,
});
export type Release = z.infer<typeof Release>;

/** What DISM and slmgr print for an edition. */
const EditionId = z.strictObject({
  id: z.string(),
  spellings: z.array(z.string()).optional(),
  edition: AnyEdition,
  installation: z.enum(['desktop', 'core'], 'say desktop or core').optional(),
  evaluation: z.boolean('say true or false'),
  'product-info': z.number().int().optional(),
  ...Sourced,
});
export type EditionId = z.infer<typeof EditionId>;

const Channel = z.strictObject({
  id: Id,
  /** The answer to the question `key-channel` this channel stands for. */
  answer: z.enum(['oem', 'retail', 'mak', 'kms', 'avma', 'evaluation']),
  /** Text that slmgr's Description line contains. */
  description: z.array(z.string()).min(1),
  'product-key-channel': z.array(z.string()),
  activation: z.enum(['online-or-portal', 'maker-hardware', 'kms-or-ad', 'hyper-v-host', 'internet-only']),
  transfer: z.enum(['within-organisation', 'terms', 'stays-with-server', 'none']),
  reimage: z.enum(['yes', 'same-media', 'maker-media', 'same-server', 'none']),
  downgrade: z.enum(['yes', 'terms', 'none']),
  /** Who decides about a key of this channel. */
  desk: Desk,
  errors: z.array(z.string()).optional(),
  ...Sourced,
});

/** One row of what can become of an installation. `from` and `to` leave open what they do not name. */
const Conversion = z.strictObject({
  from: z.strictObject({
    edition: AnyEdition.optional(),
    evaluation: z.boolean().optional(),
    installation: z.enum(['desktop', 'core']).optional(),
  }),
  to: z.strictObject({ edition: AnyEdition.optional() }),
  supported: z.boolean('say true or false'),
  how: Command.optional(),
  'one-way': z.boolean().optional(),
  rule: RuleId,
  ...Sourced,
});
export type Conversion = z.infer<typeof Conversion>;

const PublishedKey = z.strictObject({
  id: z.string().regex(/^(gvlk|avma)-[a-z0-9-]+$/, 'name it gvlk-<version>-<edition> or avma-<version>-<edition>'),
  version: KeyVersion,
  edition: AnyEdition,
  'without-hyper-v': z.boolean().optional(),
  key: ProductKey,
  partial: z.string().length(5, 'the last five characters of the key'),
  ...Sourced,
});
export type PublishedKey = z.infer<typeof PublishedKey>;

/** `knowledge/editions.yaml`: Windows Server releases, editions, channels, conversions and the ways of activation. */
export const Editions = z.strictObject({
  releases: z.array(Release).min(1),
  names: z.array(z.strictObject({ id: AnyEdition, label: z.string().min(1) })).min(1),
  'edition-ids': z.array(EditionId).min(1),
  channels: z.array(Channel).min(1),
  conversions: z.array(Conversion).min(1),
  /** Versions of Essentials that are a key on Standard media, so that the installation looks like Standard. */
  'essentials-on-standard': z.strictObject({ versions: z.array(Version).min(1), ...Sourced }),
  evaluation: z.strictObject({
    'length-days': z.number().int().positive(),
    'unactivated-days': z.number().int().positive(),
    'from-version': Version,
    rearm: Command,
    'no-rearm-left': z.string(),
    'expired-code': z.string(),
    ...Sourced,
  }),
  kms: z.strictObject({
    port: z.number().int(),
    'srv-record': z.string(),
    threshold: z.strictObject({
      server: z.number().int().positive(),
      client: z.number().int().positive(),
      office: z.number().int().positive(),
    }),
    'validity-days': z.number().int(),
    'renewal-interval-minutes': z.number().int(),
    'activation-interval-minutes': z.number().int(),
    'count-window-days': z.number().int(),
    'host-limits': z.strictObject({ 'hosts-per-key': z.number().int(), 'activations-per-host': z.number().int() }),
    matrix: z
      .array(
        z.strictObject({
          'host-key': Version,
          'runs-on': z.array(Version).min(1),
          activates: z.array(KeyVersion).min(1),
        }),
      )
      .min(1),
    /** The update a host needs before it can activate a version newer than itself. */
    updates: z.array(
      z.strictObject({
        host: Version,
        activates: z.array(Version).min(1),
        update: z.string().regex(/^KB\d{7}$/, 'name the update as KB and seven digits'),
      }),
    ),
    ...Sourced,
  }),
  adba: z.strictObject({
    'oldest-client': Version,
    threshold: z.literal(0),
    'validity-days': z.number().int(),
    'reactivation-days': z.number().int(),
    ...Sourced,
  }),
  avma: z.strictObject({
    hosts: z.array(z.strictObject({ host: Version, guests: z.array(Version).min(1), ...Sourced })).min(1),
    'guest-editions': z.array(AnyEdition).min(1),
    ...Sourced,
  }),
  /** Published keys: they activate nothing without an own KMS host, activation object or licensed Hyper-V host. */
  keys: z.array(PublishedKey).min(1),
});
export type Editions = z.infer<typeof Editions>;
