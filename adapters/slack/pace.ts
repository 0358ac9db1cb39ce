import type { Clock } from '../../src/ports/clock.ts';
import { paces } from './limits.ts';

interface Bucket {
  /** How many posts may follow at once; refilled as time passes. */
  tokens: number;
  at: number;
  /** Slack said to wait until then. */
  heldUntil: number;
}

/** When a channel may take its next message. Slack's own client would pause every call of a workspace at one 429. */
export class Pace {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Takes a place in the channel's row and returns 0, or takes none and returns how long to wait, in milliseconds. */
  take(channel: string): number {
    const bucket = this.#bucket(channel);
    const now = this.#now();
    if (bucket.heldUntil > now) return bucket.heldUntil - now;
    if (bucket.tokens < 1) return Math.ceil((1 - bucket.tokens) * paces.postEveryMs);
    bucket.tokens -= 1;
    return 0;
  }

  /** After a 429: nothing more for so long. */
  hold(channel: string, retryAfterMs: number): void {
    this.#bucket(channel).heldUntil = this.#now() + retryAfterMs;
  }

  #bucket(channel: string): Bucket {
    const now = this.#now();
    const bucket = this.#buckets.get(channel) ?? { tokens: paces.postBurst, at: now, heldUntil: 0 };
    const gained = Math.max(0, now - bucket.at) / paces.postEveryMs;
    this.#dropRested(now);
    bucket.tokens = Math.min(paces.postBurst, bucket.tokens + gained);
    bucket.at = now;
    this.#buckets.set(channel, bucket);
    return bucket;
  }

  /** Forgets channels that have long been silent, now and then. */
  #dropRested(now: number): void {
    if (this.#buckets.size < 10_000) return;
    for (const [channel, { at, heldUntil }] of this.#buckets) {
      if (heldUntil < now && now - at > paces.postBurst * paces.postEveryMs) this.#buckets.delete(channel);
    }
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}
