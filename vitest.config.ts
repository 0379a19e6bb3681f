import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['shared/**/*.test.ts', 'server/**/*.test.ts', 'widget/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    // Forks, because native modules and process locks are part of what is tested.
    pool: 'forks',
    maxWorkers: 2,
    // Ends what hangs, also on a machine with much else to do; no test measures time by it.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    setupFiles: ['test/support/page/fail-on-console-error.ts'],
  },
});
