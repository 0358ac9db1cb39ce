import { z } from 'zod';
import { Desk, Id, SourceId } from './ids.ts';

const Code = z
  .string('quote the code: YAML reads 0xC004F074 as a number')
  .regex(/^0x[0-9A-F]{8}$/, 'write the code as 0x and eight upper-case hexadecimal digits');

/** The way of the guided diagnosis a code leads into. */
export const paths = [
  'evaluation',
  'key',
  'blocked',
  'limit',
  'kms',
  'oem',
  'hardware',
  'network',
  'clock',
  'store',
  'access',
  'avma',
  'unactivated',
  'other',
] as const;
export type Path = (typeof paths)[number];

/** One entry of `knowledge/errors/`. Its sentences are in `knowledge/text/<locale>/errors/`. */
export const ErrorCode = z.strictObject({
  code: Code,
  name: z.string().optional(),
  kind: z.enum(['error', 'info']),
  detail: z.enum(['full', 'family'], 'full: the code has sentences of its own; family: the family speaks for it'),
  desk: Desk,
  path: z.enum(paths, `name a path: ${paths.join(', ')}`).optional(),
  channels: z.array(Id).min(1),
  aliases: z.array(z.string()).optional(),
  'see-also': z.array(Code).optional(),
  confidence: z.enum(['official', 'derived']),
  'meaning-confidence': z.enum(['official', 'derived']),
  sources: z.array(SourceId).min(1, 'name at least one source'),
});
export type ErrorCode = z.infer<typeof ErrorCode>;

/** One file of `knowledge/errors/`: the codes of one producer. */
export const ErrorFamily = z.strictObject({
  family: Id,
  path: z.enum(paths).optional(),
  codes: z.array(ErrorCode).min(1),
});
export type ErrorFamily = z.infer<typeof ErrorFamily>;
