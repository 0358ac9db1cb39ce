import { walk } from '../conversation/walk.ts';
import type { Knowledge } from '../knowledge/knowledge.ts';
import { type Case, certain, factsOfCase } from './case.ts';

/** Whether a ticket makes sense now, or a fix comes first: then which flow holds it. */
export type Preflight =
  | { readonly kind: 'clear' }
  | {
      readonly kind: 'fix-first';
      readonly reason: 'expired-evaluation' | 'kms-client' | 'edition-mismatch';
      readonly flow: string;
    }
  /** Nobody outside has to do anything. */
  | { readonly kind: 'no-ticket' };

/**
 * Sends to their fix what a desk would send back: an evaluation, a KMS client whose host nobody asked, an edition that does
 * not match. Clear once the diagnosis of this round has ended at a desk, or the fix was tried and did not help.
 * A lead may override every answer but `clear`: that is the caller's to know.
 */
export function preflight(knowledge: Knowledge, item: Pick<Case, 'conversation' | 'desk' | 'at'>): Preflight {
  if (item.desk === 'none') return { kind: 'no-ticket' };
  const found = fixFor(knowledge, item);
  if (found === undefined || isSettled(knowledge, item, found.flow)) return { kind: 'clear' };
  return { kind: 'fix-first', ...found };
}

type Fix = Omit<Extract<Preflight, { kind: 'fix-first' }>, 'kind'>;

function fixFor(knowledge: Knowledge, item: Pick<Case, 'conversation' | 'desk'>): Fix | undefined {
  const facts = factsOfCase(knowledge, item);
  const channel = certain(facts, 'key-channel');
  if (channel === 'evaluation' || certain(facts, 'installed-evaluation') === 'yes') {
    return { reason: 'expired-evaluation', flow: 'evaluation' };
  }
  const path = knowledge.codes.get(String(certain(facts, 'error-code')))?.path;
  if ((channel === 'kms' || path === 'kms') && item.desk !== 'internal') return { reason: 'kms-client', flow: 'kms' };
  const [installed, bought] = [certain(facts, 'installed-edition'), certain(facts, 'bought-edition')];
  const differs = installed !== undefined && bought !== undefined && installed !== bought;
  if (differs || certain(facts, 'edition-matches') === 'no') return { reason: 'edition-mismatch', flow: 'key' };
  return undefined;
}

function isSettled(
  knowledge: Knowledge,
  { conversation, at }: Pick<Case, 'conversation' | 'at'>,
  flow: string,
): boolean {
  const { position } = walk(knowledge, conversation, at);
  if (position.kind === 'outcome' && position.outcome.ends === 'desk') return true;
  return conversation.closedRounds.some(
    (round) => round.flow === flow && round.outcome !== null && round.result !== 'started-over',
  );
}
