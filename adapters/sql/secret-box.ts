import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { StoreError } from '../../src/errors.ts';

/** Encrypts what must not be read from the database alone. `context` ties a secret to its place: elsewhere it does not open. */
export interface SecretBox {
  seal(text: string, context: string): string;
  /** Throws StoreError when no key fits, or the secret was changed or moved. */
  open(sealed: string, context: string): string;
  /** The secret under the newest key; nothing where it is that already, or where no key fits. */
  renew(sealed: string, context: string): string | undefined;
}

/** Keys as the operator wrote them: the newest seals, the others open what they sealed. */
export type SecretKeys = readonly [newest: string, ...older: string[]];

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);
/** 32 MiB and some 60 ms a guess. Source: OWASP Password Storage Cheat Sheet, scrypt (N=2^15, r=8, p=3 or stronger). */
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const version = 'v1';

/**
 * A box of AES-256-GCM whose keys are derived from those of SECRET_KEY and the database's own salt. A secret reads
 * `v1.<iv>.<tag>.<data>`, so that a later version can tell them apart.
 */
export async function createSecretBox([newest, ...older]: SecretKeys, salt: Buffer): Promise<SecretBox> {
  const keyOf = (secret: string) => derive(secret, salt, 32, cost);
  const [key, ...olderKeys] = await Promise.all([keyOf(newest), ...older.map(keyOf)]);
  const seal = (text: string, context: string) => encrypt(key, text, context);
  return {
    seal,
    open(sealed, context) {
      const parts = partsOf(sealed, context);
      const text = firstOf([key, ...olderKeys], (each) => decrypt(each, parts, context));
      if (text !== undefined) return text;
      throw new StoreError(
        `The stored secret of ${context} does not open: SECRET_KEY is not the one it was sealed with. Set the old key, or install the bot there again.`,
      );
    },
    renew(sealed, context) {
      const parts = partsOf(sealed, context);
      if (decrypt(key, parts, context) !== undefined) return undefined;
      const text = firstOf(olderKeys, (each) => decrypt(each, parts, context));
      return text === undefined ? undefined : seal(text, context);
    },
  };
}

interface Parts {
  readonly iv: Buffer;
  readonly tag: Buffer;
  readonly data: Buffer;
}

function partsOf(sealed: string, context: string): Parts {
  const [found, ...parts] = sealed.split('.');
  const [iv, tag, data] = parts.map((part) => Buffer.from(part, 'base64url'));
  if (found === version && iv?.length === 12 && tag?.length === 16 && data !== undefined) return { iv, tag, data };
  throw new StoreError(
    `The stored secret of ${context} has a form this program does not know: it was written by a newer version. Start that version.`,
  );
}

function encrypt(key: Buffer, text: string, context: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return [version, ...[iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url'))].join('.');
}

/** Nothing where the key does not fit. */
function decrypt(key: Buffer, { iv, tag, data }: Parts, context: string): string | undefined {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context)).setAuthTag(tag);
    return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

function firstOf<T, R>(values: readonly T[], find: (value: T) => R | undefined): R | undefined {
  for (const value of values) {
    const found = find(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
