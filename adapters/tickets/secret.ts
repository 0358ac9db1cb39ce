import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** Where a secret is: never in the file itself. */
export const SecretPlace = z.union(
  [z.strictObject({ env: z.string().min(1) }), z.strictObject({ file: z.string().min(1) })],
  {
    error: 'name where the secret is: { env: NAME } or { file: /run/secrets/name }',
  },
);
export type SecretPlace = z.infer<typeof SecretPlace>;

/** Reads a secret. Undefined where it is missing or empty. */
export function readSecret(
  place: SecretPlace,
  environment: Readonly<Record<string, string | undefined>>,
): string | undefined {
  if ('env' in place) return environment[place.env] || undefined;
  try {
    return readFileSync(place.file, 'utf8').trim() || undefined;
  } catch {
    return undefined;
  }
}
