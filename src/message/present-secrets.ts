import { redact } from '../reading/redact.ts';
import type { Block, Message } from './message.ts';
import type { Words } from './phrases.ts';

/** That secrets were taken out of what was sent, and what to do about the original; nothing where there were none. */
export function secretBlocks(words: Words, count: number): readonly Block[] {
  if (count === 0) return [];
  return [
    { kind: 'paragraph', spans: words.say('removed-secrets', { count }) },
    { kind: 'note', spans: words.say('delete-original') },
  ];
}

/** The same about a text that others may read where it was sent. */
export function presentSecrets(words: Words, text: string): Message | undefined {
  const count = Object.values(redact(text).found).reduce((sum, each) => sum + each, 0);
  return count === 0 ? undefined : { locale: words.locale, blocks: secretBlocks(words, count) };
}
