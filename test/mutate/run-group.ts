import { relative } from 'node:path';
import type { MutantResult, PartialStrykerOptions } from '@stryker-mutator/api/core';
import { Stryker } from '@stryker-mutator/core';
import { projectRoot } from '#test/support/programs/run-command.ts';
import type { MutationGroup } from './groups.ts';
import { isAccepted, readAcceptedSurvivors, toMutation } from './survivors.ts';

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

const accepted = readAcceptedSurvivors();

/** Runs every mutant of the group's files against the group's tests; answers what became of each. */
export async function runGroup({ name, files, tests, slowTests = [] }: MutationGroup): Promise<MutantResult[]> {
  const first = await run(name, files, tests);
  const alive = first.filter((one) => isAlive(one) && !isAccepted(accepted, toMutation(one)));
  if (slowTests.length === 0 || alive.length === 0) return first;
  const second = new Map((await run(`${name} slow`, alive.map(toRange), slowTests)).map((one) => [toKey(one), one]));
  return first.map((one) => (isAlive(one) ? (second.get(toKey(one)) ?? one) : one));
}

function run(name: string, mutate: readonly string[], tests: readonly string[]): Promise<MutantResult[]> {
  // The runner's processes read it in `vitest.config.ts`.
  process.env.MUTATION_TESTS = JSON.stringify(tests);
  const incrementalFile = `.tmp/mutation/${name.replaceAll(' ', '-')}.json`;
  return new Stryker({ ...options, mutate: [...mutate], incrementalFile }).runMutationTest();
}

function isAlive({ status }: MutantResult): boolean {
  return status === 'Survived' || status === 'NoCoverage';
}

/** The report counts columns from 1, the option from 0; both count lines from 1. */
function toRange({ fileName, location: { start, end } }: MutantResult): string {
  return `${relative(projectRoot, fileName)}:${start.line}:${start.column - 1}-${end.line}:${end.column - 1}`;
}

function toKey({ fileName, location, replacement }: MutantResult): string {
  return JSON.stringify([fileName, location, replacement]);
}
