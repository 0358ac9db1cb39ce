import { createCipheriv, createDecipheriv, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { StoreError } from '../../src/errors.ts';

/** Encrypts what must not be read from the database alone. `context` ties a secret to its place: elsewhere it does not open. */
export interface SecretBox {
  seal(text: string, context: string): string;
  /** Throws StoreError when the key is another, or the secret was changed or moved. */
  open(sealed: string, context: string): string;
}

const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);
/** 32 MiB and some 60 ms a guess. Source: OWASP Password Storage Cheat Sheet, scrypt (N=2^15, r=8, p=3 or stronger). */
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };
const version = 'v1';

/**
 * A box of AES-256-GCM whose key is derived from SECRET_KEY and the database's own salt. A secret reads
 * `v1.<iv>.<tag>.<data>`, so that a later version can tell them apart.
 */
export async function createSecretBox(secretKey: string, salt: Buffer): Promise<SecretBox> {
  const key = await derive(secretKey, salt, 32, cost);
  return {
    seal(text, context) {
      const iv = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context));
      const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return [version, ...[iv, cipher.getAuthTag(), data].map((part) => part.toString('base64url'))].join('.');
    },
    open(sealed, context) {
      const [found, ...parts] = sealed.split('.');
      const [iv, tag, data] = parts.map((part) => Buffer.from(part, 'base64url'));
      if (found !== version || iv?.length !== 12 || tag?.length !== 16 || data === undefined) {
        throw new StoreError(
          `The stored secret of ${context} has a form this program does not know: it was written by a newer version. Start that version.`,
        );
      }
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(context)).setAuthTag(tag);
        return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new StoreError(
          `The stored secret of ${context} does not open: SECRET_KEY is not the one it was sealed with. Set the old key, or install the bot there again.`,
          { cause },
        );
      }
    },
  };
}
