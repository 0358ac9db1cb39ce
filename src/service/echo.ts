import { fingerprint } from '../text/fingerprint.ts';

/** The mark of a comment's text, however a desk breaks its lines. */
export function echoOf(text: string): string {
  return fingerprint(text.replace(/\s+/g, ''));
}
