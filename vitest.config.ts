import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of more than a minute, or folders of such. */
const longOnes = [
  ...['/browser/screens/', '/integration/sync/thirty-days', '/integration/identity/rights.'],
  ...['/integration/documentation/sync-page', '/integration/ledger/change-stream.'],
];

/** Begins with the files that take longest, so that no worker is idle at the end. By default small files come last. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => longOnes.some((path) => moduleId.includes(path));
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ['shared/**/*.test.ts', 'server/**/*.test.ts', 'widget/**/*.test.{ts,tsx}', 'test/**/*.test.ts'],
    // Forks, because native modules and process locks are part of what is tested.
    pool: 'forks',
    maxWorkers: 2,
    // Files share a worker's modules. Loading them anew for each file took longer than the tests.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Ends what hangs, also on a machine with much else to do; no test measures time by it.
    testTimeout: 120_000,
    hookTimeout: 240_000,
    setupFiles: ['test/support/page/fail-on-console-error.ts'],
  },
});
