import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    testTimeout: 40_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 10_000 } },
    // By default Vitest leaves one core free. Many files wait for the pace of a platform or for a disk: one more than two cores hold.
    maxWorkers: Math.max(3, availableParallelism()),
    // The files of a worker share what they import, and with it the parsed knowledge: a third of the time for all.
    isolate: false,
  },
});
