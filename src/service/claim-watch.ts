import { endOfClaim } from '../handoff/claim-end.ts';
import type { HandoffSettings } from '../handoff/settings.ts';
import type { Clock } from '../ports/clock.ts';
import type { ConversationStore } from '../ports/conversation-store.ts';
import type { ClaimedDelivery, DeliveryResult, Destination } from '../ports/outbox.ts';
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
  const look = async ({ id, content }: ClaimedDelivery): Promise<DeliveryResult> => {
    if (content.kind !== 'watch') return { kind: 'rejected', reason: 'this is no claim to watch' };
    const conversation = await conversations.load(content.conversation);
    if (conversation?.claim?.at !== content.claim) return { kind: 'delivered' };
    const end = endOfClaim(handoff, conversation.workspace, conversation.claim);
    if (clock.now().toISOString() < end) return { kind: 'later', at: end };
    await bot.notice({ kind: 'fell-silent', conversation: conversation.id, claim: content.claim, delivery: id });
    return { kind: 'delivered' };
  };
  return {
    name: claimWatch,
    giveUpAfterMs: Number.POSITIVE_INFINITY,
    deliver: (delivery) =>
      look(delivery).catch(() => ({ kind: 'retryable', reason: 'the claim could not be looked at' }) as const),
  };
}
