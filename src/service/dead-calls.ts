import type { Log } from '../ports/log.ts';
import type { ClaimedDelivery } from '../ports/outbox.ts';
import type { Bot } from './bot.ts';

/**
 * What to do about a dead delivery: where it was to ask the help desk, the requester hears that nobody was asked, once, and the
 * operator why. Throws what the bot throws.
 */
export function tellDeadCalls(
  bot: Pick<Bot, 'notice'>,
  log: Log,
): (delivery: ClaimedDelivery, reason: string) => Promise<void> {
  return async ({ id, content }, reason) => {
    if (content.kind !== 'call' || !content.asks) return;
    const { conversation, channel } = content;
    await bot.notice({ kind: 'went-unheard', conversation, delivery: id });
    log.error(
      { conversation, channel, reason },
      'the help desk cannot be asked in its channel: the requester was told',
    );
  };
}
