import { NotAcknowledgedError } from './errors.ts';
import type { DeliveryFault } from './faults.ts';
import type { Json } from './json.ts';
import { child, word } from './json.ts';
import type { World } from './world.ts';

/** Something Slack sends to the bot. */
export interface Parcel {
  readonly kind: 'events_api' | 'slash_commands' | 'interactive';
  readonly payload: Json;
  /** Whether the ack may carry an answer. */
  readonly acceptsPayload: boolean;
}

/** One try at delivering a parcel; `retryNum` 0 is the first. */
export interface Attempt {
  readonly id: string;
  readonly retryNum: number;
  readonly retryReason: string;
}

/** The bot's acknowledgement and the answer in it; `ackMs` is real time. */
export interface Ack {
  readonly body: Json | undefined;
  readonly ackMs: number;
}

/** One way to reach the bot. Rejects with `NotAcknowledgedError`. */
export type Transport = (parcel: Parcel, attempt: Attempt) => Promise<Ack>;

/** What became of one attempt. */
export interface Delivery {
  readonly kind: Parcel['kind'];
  readonly type: string;
  readonly retryNum: number;
  readonly ackMs: number | undefined;
  readonly failure: string | undefined;
  readonly parcel: Parcel;
}

export interface Courier {
  /** Delivers a parcel a person caused, with the planned faults. Events are retried; the rest fails at once. */
  deliver(parcel: Parcel): Promise<Ack>;
  /** Delivers without planned faults: what the bot itself caused. */
  deliverPlainly(parcel: Parcel): Promise<Ack>;
  readonly deliveries: readonly Delivery[];
}

/**
 * Creates the courier. `retryDelaysMs` are the waits before the retries of an event (Slack: at once, 1 minute, 5 minutes);
 * `wait` passes that time.
 */
export function createCourier(
  world: World,
  transport: Transport,
  retryDelaysMs: readonly number[],
  wait: (ms: number) => Promise<unknown>,
): Courier {
  const deliveries: Delivery[] = [];
  let waitingForNext: (() => void)[] = [];

  async function attempt(parcel: Parcel, how: Attempt): Promise<Ack> {
    const seen = { parcel, kind: parcel.kind, type: typeOf(parcel), retryNum: how.retryNum };
    try {
      const ack = await transport(parcel, how);
      deliveries.push({ ...seen, ackMs: ack.ackMs, failure: undefined });
      return ack;
    } catch (error) {
      deliveries.push({ ...seen, ackMs: undefined, failure: String(error) });
      throw error;
    } finally {
      world.changes.changed();
    }
  }

  async function first(parcel: Parcel, fault: DeliveryFault | undefined): Promise<Ack> {
    const how = { id: world.nextId('envelope-'), retryNum: 0, retryReason: '' };
    if (fault?.kind === 'hold') await fault.until;
    if (fault?.kind === 'after-next') await new Promise<void>((resolve) => waitingForNext.push(resolve));
    if (fault?.kind === 'duplicate') {
      const [ack] = await Promise.all([attempt(parcel, how), attempt(parcel, how)]);
      return ack;
    }
    const ack = await attempt(parcel, how);
    if (fault?.kind === 'lose-ack') throw new NotAcknowledgedError(typeOf(parcel), 'ack_lost', 'as planned');
    return ack;
  }

  async function withRetries(parcel: Parcel, fault: DeliveryFault | undefined): Promise<Ack> {
    let failure: unknown;
    for (const [retryNum, delayMs] of [undefined, ...retryDelaysMs].entries()) {
      if (delayMs) await wait(delayMs);
      try {
        if (retryNum === 0) return await first(parcel, fault);
        const retryReason = failure instanceof NotAcknowledgedError ? slackReason(failure) : 'http_error';
        return await attempt(parcel, { id: world.nextId('envelope-'), retryNum, retryReason });
      } catch (error) {
        failure = error;
        if (parcel.kind !== 'events_api') break;
      }
    }
    throw failure;
  }

  return {
    deliveries,
    deliverPlainly: (parcel) => withRetries(parcel, undefined),
    async deliver(parcel) {
      const ack = await withRetries(parcel, world.faults.takeDeliveryFault());
      const held = waitingForNext;
      waitingForNext = [];
      for (const release of held) release();
      return ack;
    },
  };
}

/** What a parcel is, for reports: the event's type, the command, or the interaction's type. */
export function typeOf({ kind, payload }: Parcel): string {
  if (kind === 'events_api') return word(child(payload, 'event').type);
  return kind === 'slash_commands' ? word(payload.command) : word(payload.type);
}

function slackReason(failure: NotAcknowledgedError): string {
  return failure.reason === 'ack_lost' ? 'http_timeout' : failure.reason;
}
