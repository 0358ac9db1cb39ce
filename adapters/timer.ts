import { setTimeout as sleep } from 'node:timers/promises';
import type { Timer } from '../src/ports/timer.ts';

/** Waits by the process's own timers. */
export const timer: Timer = {
  async sleep(ms, signal) {
    await sleep(ms, undefined, { signal }).catch(() => {});
  },
};
