import { defineConfig } from 'vitest/config';

/** The tests of one group of `groups.ts`, in one worker for each of Stryker's own; deadlines wide enough for mutants. */
export default defineConfig({
  test: {
    include: JSON.parse(process.env.MUTATION_TESTS ?? '[]'),
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Both databases run the same code but for a few lines, and Postgres takes seconds to start.
    env: { STORE_BACKEND: 'SQLite' },
    setupFiles: ['test/support/page/fail-on-console-error.ts'],
  },
});
