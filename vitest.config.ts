import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 60_000,
    // By default Vitest leaves one core free, which on two cores runs one file after the other.
    maxWorkers: Math.max(2, availableParallelism()),
  },
});
