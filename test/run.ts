import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '#test/support/list-files.ts';
import { buildProduct } from '#test/support/programs/build-product.ts';
import { requireProgram, wantProgram } from '#test/support/programs/require-program.ts';
import { projectRoot, runTool } from '#test/support/programs/run-command.ts';
import { listRuns, type Suite } from '#test/support/running/suites.ts';
import { addCounts, type Counts, noCounts, readCounts } from '#test/support/running/vitest-report.ts';

/**
 * `npm test` runs every suite, one after the other. `npm test -- ledger records/story` runs the test files whose path
 * contains one of the words. Arguments that begin with `-` go to vitest (`npm test -- ledger -t overdue`).
 */
const reportFolder = join(projectRoot, '.tmp', 'reports');

function splitArguments(args: readonly string[]): { words: string[]; options: string[] } {
  const firstOption = args.findIndex((arg) => arg.startsWith('-'));
  const end = firstOption === -1 ? args.length : firstOption;
  return { words: args.slice(0, end), options: args.slice(end) };
}

function listTestFiles(words: readonly string[]): string[] {
  const files = listFiles().filter((file) => /\.test\.tsx?$/.test(file));
  return words.length === 0 ? files : files.filter((file) => words.some((word) => file.includes(word)));
}

async function runSuite(suite: Suite, files: readonly string[], options: readonly string[]): Promise<Counts> {
  for (const program of suite.programs) requireProgram(program);
  for (const program of suite.wanted ?? []) wantProgram(program);
  const reportFile = join(reportFolder, `${suite.name.replaceAll(' ', '-')}.json`);
  const paths = files.map((file) => join(projectRoot, file));
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
  const args = ['run', ...paths, ...reporters, ...suite.args, ...options];
  const env = suite.zone === undefined ? undefined : { TZ: suite.zone };
  const { code } = await runTool('vitest', args, { show: true, ...(env && { env }) });
  return readCounts(reportFile, code);
}

/** A suite that cannot start counts as one failure with a line of its own. The other suites still run. */
async function runSuiteSafely(suite: Suite, files: readonly string[], options: readonly string[]): Promise<Counts> {
  const startedAt = Date.now();
  const counts = await runSuite(suite, files, options).catch((error: unknown) => {
    console.error(`${suite.name}: ${error instanceof Error ? error.message : String(error)}`);
    return { ...noCounts, failed: 1 };
  });
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
  console.log(`${suite.name}: ${counts.passed} passed, ${counts.failed} failed${skipped} (${seconds} s)\n`);
  return counts;
}

async function runTests(args: readonly string[]): Promise<Counts> {
  const { words, options } = splitArguments(args);
  const chosen = listRuns(listTestFiles(words));
  if (chosen.length === 0) throw new Error(`no test file's path holds ${words.join(' or ')}`);
  rmSync(reportFolder, { recursive: true, force: true });
  mkdirSync(reportFolder, { recursive: true });
  if (chosen.some(({ suite }) => suite.needsBuild)) await buildProduct();
  let counts = noCounts;
  for (const { suite, files } of chosen) counts = addCounts(counts, await runSuiteSafely(suite, files, options));
  return counts;
}

const counts = await runTests(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return { ...noCounts, failed: 1 };
});
// Long outputs are kept only in part, most often their end.
for (const failure of counts.failures) console.log(`FAILED ${failure}\n`);
console.log(`tests: ${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed === 0 ? 0 : 1;
