import type { MutantResult, PartialStrykerOptions } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import type { MutationGroup } from './groups.ts';

const options = {
  // Stryker 9 reads tsconfig.json through TypeScript's JavaScript API, which TypeScript 7 does not have.
  tsconfigFile: 'none.json',
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutate/vitest.config.ts', related: false },
  // Words are for people; states and codes that are compared stay covered by the mutators of conditions.
  mutator: { excludedMutations: ['StringLiteral'] },
  // What runs once at import cannot be switched for each test.
  ignoreStatic: true,
  coverageAnalysis: 'perTest',
  reporters: ['progress-append-only'],
  tempDirName: '.tmp/stryker',
  ignorePatterns: ['.tmp', 'data', 'findings'],
  concurrency: 2,
  // What neither a change of the code nor one of its tests touched is not run again.
  incremental: true,
  timeoutMS: 30_000,
  dryRunTimeoutMinutes: 20,
} satisfies PartialStrykerOptions;

/** Runs every mutant of the group's files against the group's tests; answers what became of each. */
export async function runGroup({ name, files, tests }: MutationGroup): Promise<MutantResult[]> {
  // The runner's processes read it in `vitest.config.ts`.
  process.env.MUTATION_TESTS = tests.join(',');
  return new Stryker({
    ...options,
    mutate: [...files],
    incrementalFile: `.tmp/mutation/${name.replaceAll(' ', '-')}.json`,
  }).runMutationTest();
}
