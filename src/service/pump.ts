import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { ClaimedDelivery, DeliveryResult, Destination, Outbox, SettledDelivery } from '../ports/outbox.ts';
import type { Timer } from '../ports/timer.ts';
import { backoffMs, outcomeOf } from './retry.ts';
import { Starts } from './starts.ts';

export interface PumpParts {
  readonly outbox: Outbox;
  readonly clock: Clock;
  readonly timer: Timer;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  /** Names this process among those that deliver from the same outbox; a new one at every start. */
  readonly owner: string;
  /** Told of a delivery before it is dead. What it throws is tried again with the delivery. */
  readonly onDead?: (delivery: ClaimedDelivery, reason: string) => Promise<void>;
}

/** How many deliveries a destination without a pace of its own gets at once, each from another lane. */
const width = 16;
/** A delivery is held this long and renewed while its try lasts; after a crash, others wait as long. */
const leaseMs = 30_000;
/** The net under a lost wake-up. */
const longestSleepMs = 5_000;
const shortestSleepMs = 50;
const storeRetryMs = 1_000;
/** How long a destination is tried that does not say so itself. */
const giveUpAfterMs = 60 * 60_000;

/** Makes the deliveries of one destination: at its pace, side by side only those of different lanes. */
export class Pump {
  readonly #parts: PumpParts;
  readonly #destination: Destination;
  readonly #starts: Starts | undefined;
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #stopping = new AbortController();
  #waking = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #renewedAt = 0;

  constructor(parts: PumpParts, destination: Destination) {
    this.#parts = parts;
    this.#destination = destination;
    this.#starts = destination.pace && new Starts(destination.pace);
  }

  start(): void {
    this.#running = this.#run();
  }

  wake(): void {
    this.#waking.abort();
  }

  async finish(): Promise<void> {
    this.#stopping.abort();
    this.wake();
    await this.#running;
    await Promise.all(this.#underWay.values());
  }

  async #run(): Promise<void> {
    let failing = false;
    while (!this.#stopping.signal.aborted) {
      // Made before the claim: a wake-up during the claim is then seen by the sleep after it.
      this.#waking = new AbortController();
      try {
        await this.#turnOver();
        failing = false;
      } catch (error) {
        if (!failing)
          this.#parts.log.error(
            { destination: this.#destination.name, reason: reasonOf(error) },
            'the outbox cannot be read; deliveries wait',
          );
        failing = true;
        await this.#parts.timer.sleep(storeRetryMs, this.#stopping.signal);
      }
    }
  }

  async #turnOver(): Promise<void> {
    const { outbox, owner, clock, timer } = this.#parts;
    await this.#renew();
    const destinations = [this.#destination.name];
    const now = clock.now();
    const limit = this.#room(now.getTime());
    const claimed =
      limit === 0 ? [] : await outbox.claim({ destinations, now: now.toISOString(), limit, leaseMs, owner });
    this.#starts?.add(now.getTime(), claimed.length);
    for (const delivery of claimed) this.#begin(delivery);
    if (claimed.length === 0) await timer.sleep(await this.#pause(limit === 0), this.#waking.signal);
  }

  /** How many deliveries may be begun. */
  #room(now: number): number {
    const free = (this.#destination.pace?.atOnce ?? width) - this.#underWay.size;
    return Math.min(free, this.#starts?.room(now) ?? free);
  }

  /** How long nothing can be begun, unless something wakes the pump before. */
  async #pause(full: boolean): Promise<number> {
    const now = this.#parts.clock.now().getTime();
    const held = this.#starts?.waitMs(now) ?? 0;
    const next = full ? undefined : await this.#parts.outbox.nextDue([this.#destination.name]);
    const due = next === undefined ? undefined : Date.parse(next) - now;
    const waitMs = held > 0 ? held : (due ?? longestSleepMs);
    return Math.min(longestSleepMs, Math.max(shortestSleepMs, waitMs));
  }

  async #renew(): Promise<void> {
    const now = this.#parts.clock.now().getTime();
    if (this.#underWay.size === 0) this.#renewedAt = now;
    if (Math.abs(now - this.#renewedAt) < leaseMs / 3) return;
    await this.#parts.outbox.renew(
      [...this.#underWay.keys()],
      this.#parts.owner,
      new Date(now + leaseMs).toISOString(),
    );
    this.#renewedAt = now;
  }

  #begin(delivery: ClaimedDelivery): void {
    const done = this.#deliver(delivery).finally(() => {
      this.#underWay.delete(delivery.id);
      this.wake();
    });
    this.#underWay.set(delivery.id, done);
  }

  async #deliver(delivery: ClaimedDelivery): Promise<void> {
    const { clock, random, log } = this.#parts;
    const result = await this.#try(delivery);
    const giveUp = this.#destination.giveUpAfterMs ?? giveUpAfterMs;
    const outcome = await this.#told(delivery, outcomeOf(delivery, result, clock.now(), random(), giveUp));
    const fields = {
      delivery: delivery.id,
      lane: delivery.lane,
      destination: delivery.destination,
      attempts: delivery.attempts,
    };
    if (outcome.kind === 'dead')
      log.error({ ...fields, reason: outcome.reason }, 'a delivery is dead: see licence outbox list');
    if (outcome.kind === 'again' && result.kind !== 'later')
      log.warn({ ...fields, reason: outcome.reason, retryAt: outcome.retryAt }, 'a delivery is tried again');
    await this.#settle(delivery.id, outcome);
  }

  /** Nothing dies before whoever has to know does: where that fails, the delivery comes again. */
  async #told(delivery: ClaimedDelivery, outcome: SettledDelivery): Promise<SettledDelivery> {
    if (outcome.kind !== 'dead') return outcome;
    const { onDead, clock, random } = this.#parts;
    try {
      await onDead?.(delivery, outcome.reason);
      return outcome;
    } catch (error) {
      const retryAt = new Date(clock.now().getTime() + backoffMs(delivery.attempts, random())).toISOString();
      const reason = `${outcome.reason}; nobody could be told: ${reasonOf(error)}`;
      return { kind: 'again', retryAt, reason, ambiguous: true, countsAsTry: true };
    }
  }

  /** A destination must not throw. One that does has a fault, and may have sent before it. */
  async #try(delivery: ClaimedDelivery): Promise<DeliveryResult> {
    try {
      return await this.#destination.deliver(delivery);
    } catch (error) {
      this.#parts.log.error(
        { delivery: delivery.id, destination: delivery.destination, reason: reasonOf(error) },
        'a destination threw',
      );
      return { kind: 'ambiguous', reason: 'the destination threw' };
    }
  }

  /** What came of a try is kept until the outbox takes it: without it the delivery would be made twice. */
  async #settle(id: string, outcome: SettledDelivery): Promise<void> {
    const { outbox, owner, log, timer } = this.#parts;
    do {
      try {
        return await outbox.settle(id, owner, outcome);
      } catch (error) {
        log.error(
          { delivery: id, reason: reasonOf(error) },
          'the outbox cannot be written; what came of the delivery is kept',
        );
        await timer.sleep(storeRetryMs, this.#stopping.signal);
      }
    } while (!this.#stopping.signal.aborted);
  }
}

/** What an error says, for the log. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
