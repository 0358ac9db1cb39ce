import { endOfClaim } from '../handoff/claim-end.ts';
import type { HandoffSettings } from '../handoff/settings.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { ClaimedDelivery, DeliveryResult, Destination, WatchDelivery } from '../ports/outbox.ts';
import type { Bot } from './bot.ts';

export interface ClaimWatchParts {
  readonly conversations: Pick<ConversationStore, 'load'>;
  readonly bot: Pick<Bot, 'notice'>;
  readonly handoff: HandoffSettings;
  readonly clock: Clock;
}

/** The name under which the outbox knows the watch over claims. */
export const claimWatch = 'watch';

/**
 * Looks at a claim when its time for a word is over. Where something was written since, it looks again at the new end; of a claim
 * that is gone there is nothing to look at.
 */
export function createClaimWatch({ conversations, bot, handoff, clock }: ClaimWatchParts): Destination {
  const endOf = async ({ conversation: of, claim }: WatchDelivery) => {
    const conversation = await conversations.load(of);
    return conversation?.claim?.at === claim
      ? endOfClaim(handoff, conversation.workspace, conversation.claim)
      : undefined;
  };
  const look = async ({ id, content }: ClaimedDelivery): Promise<DeliveryResult> => {
    if (content.kind !== 'watch') return { kind: 'rejected', reason: 'this is no claim to watch' };
    const end = await endOf(content);
    if (end === undefined || clock.now().toISOString() < end) return afterLook(end);
    await bot.notice({ kind: 'fell-silent', conversation: content.conversation, claim: content.claim, delivery: id });
    // A word that came at the same moment has moved the end on.
    return afterLook(await endOf(content));
  };
  return {
    name: claimWatch,
    giveUpAfterMs: Number.POSITIVE_INFINITY,
    deliver: (delivery) =>
      look(delivery).catch(() => ({ kind: 'retryable', reason: 'the claim could not be looked at' }) as const),
  };
}

/** A claim that is over is watched no longer. */
function afterLook(end: string | undefined): DeliveryResult {
  return end === undefined ? { kind: 'delivered' } : { kind: 'later', at: end };
}
