import type { Pace } from '../ports/outbox.ts';

/** When deliveries of a destination began, as far as it matters to its pace. Instants are milliseconds since 1970. */
export class Starts {
  readonly #pace: Pace;
  #at: readonly number[] = [];

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  /** How many more may begin now. */
  room(now: number): number {
    this.#forget(now);
    return this.#pace.most - this.#at.length;
  }

  /** How long until one more may; 0 where one may now. */
  waitMs(now: number): number {
    const [first] = this.#at;
    return this.room(now) > 0 || first === undefined ? 0 : first + this.#pace.perMs - now;
  }

  add(now: number, count: number): void {
    this.#at = [...this.#at, ...Array.from({ length: count }, () => now)];
  }

  /** A start in the future was noted before the clock was set back: it would hold everything up. */
  #forget(now: number): void {
    this.#at = this.#at.filter((at) => at > now - this.#pace.perMs && at <= now);
  }
}
