import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** What computes and starts nothing: these files share a worker, and with it the parsed knowledge. */
const pure = ['conversation', 'flows', 'handoff', 'licensing', 'message', 'reading', 'service', 'text'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    testTimeout: 40_000,
    hookTimeout: 60_000,
    // By default Vitest leaves one core free. Many files wait for the pace of a platform or for a disk: one more than two cores hold.
    maxWorkers: Math.max(3, availableParallelism()),
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      { extends: true, test: { name: 'whole', include: ['test/**/*.test.ts'], exclude: pure } },
    ],
  },
});
