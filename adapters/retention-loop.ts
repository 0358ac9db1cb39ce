import type { Log } from '../src/ports/log.ts';
import type { Desk } from './desk.ts';
import type { DeskConfig } from './desk-config.ts';
import { defaultLifetimes, expire, type Lifetimes } from './sql/retention.ts';

const dayMs = 86_400_000;

/** Removes what has outlived its time, now and every day, until the signal. A failure is logged and tried again the next day. */
export function expireDaily({ store, lifetimes, delivering }: Desk, log: Log, signal: AbortSignal): void {
  const loop = async () => {
    while (!signal.aborted) {
      try {
        const expired = await expire(store.database, lifetimes, delivering.clock.now());
        log.info({ ...expired }, 'expired');
      } catch (error) {
        log.warn({ error: String(error) }, 'expiry failed');
      }
      await delivering.timer.sleep(dayMs, signal);
    }
  };
  void loop();
}

/** How long things are kept, as DESK_CONFIG says. */
export function lifetimesOf(desks: DeskConfig | undefined): Lifetimes {
  const retention: DeskConfig['retention'] = desks?.retention ?? {};
  return {
    conversationDays: retention['conversation-days'] ?? defaultLifetimes.conversationDays,
    receiptDays: retention['receipt-days'] ?? defaultLifetimes.receiptDays,
    deadDeliveryDays: retention['dead-delivery-days'] ?? defaultLifetimes.deadDeliveryDays,
  };
}
