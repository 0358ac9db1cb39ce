import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // By default Vitest leaves one core free. Many files wait for the pace of a platform or for a disk: one more than two cores hold.
    maxWorkers: Math.max(3, availableParallelism()),
  },
});
