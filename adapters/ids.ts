import { randomBytes, randomInt } from 'node:crypto';

/** Letters only and no vowels: an id is never a word, a number or something a platform's word filter refuses. */
const letters = 'bcdfghjkmnpqrstvwxz';
const base32 = 'abcdefghijklmnopqrstuvwxyz234567';

export function newConversationId(): string {
  return Array.from({ length: 14 }, () => letters[randomInt(letters.length)]).join('');
}

/** 20 characters of base32, which Discord takes as a nonce (25 at most). Each is five of a random byte's bits. */
export function newDeliveryId(): string {
  return Array.from(randomBytes(20), (byte) => base32[byte & 31]).join('');
}
