import { randomInt } from 'node:crypto';

/** Letters only and no vowels: an id is never a word, a number or something a platform's word filter refuses. */
const letters = 'bcdfghjkmnpqrstvwxz';
const base32 = 'abcdefghijklmnopqrstuvwxyz234567';

function draw(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}

export function newConversationId(): string {
  return draw(letters, 14);
}

/** 20 characters of base32, which Discord takes as a nonce (25 at most). */
export function newDeliveryId(): string {
  return draw(base32, 20);
}
