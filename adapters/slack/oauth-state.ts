import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** How long a person may take from the install page to the consent. */
export const stateAgeMs = 10 * 60_000;

/** A state of our own: when it was made, something random, and our seal on both. */
export function createState(secret: string, now: Date): string {
  const body = `${now.getTime()}.${randomBytes(16).toString('hex')}`;
  return `${body}.${seal(secret, body)}`;
}

/** Whether we made the state, lately, for the browser that holds the cookie: a link sent by somebody else installs nothing. */
export function isOwnState(secret: string, state: string, cookie: string | undefined, now: Date): boolean {
  const [at = '', random = '', given = ''] = state.split('.');
  const age = now.getTime() - Number(at);
  return cookie === state && same(given, seal(secret, `${at}.${random}`)) && age >= 0 && age <= stateAgeMs;
}

function seal(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

function same(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
