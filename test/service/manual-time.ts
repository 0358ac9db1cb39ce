import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/ports/clock.ts';
import type { Timer } from '../../src/ports/timer.ts';

/** A clock that moves only when it is told to, and the timer that follows it. */
export class ManualTime implements Clock, Timer {
  #now: number;
  #sleepers: { readonly until: number; readonly wake: () => void }[] = [];

  constructor(start: number) {
    this.#now = start;
  }

  now(): Date {
    return new Date(this.#now);
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((wake) => {
      this.#sleepers.push({ until: this.#now + ms, wake });
      signal.addEventListener('abort', () => wake());
    });
  }

  /** Moves the clock and wakes who slept until then. */
  advance(ms: number): void {
    this.#now += ms;
    const due = this.#sleepers.filter(({ until }) => until <= this.#now);
    this.#sleepers = this.#sleepers.filter(({ until }) => until > this.#now);
    for (const { wake } of due) wake();
  }
}

/** Lets everything that is ready run, until `holds` or nothing more can come of it. */
export async function settled(holds: () => boolean = () => false): Promise<void> {
  for (let turns = 0; turns < 200 && !holds(); turns += 1) await turn();
}
