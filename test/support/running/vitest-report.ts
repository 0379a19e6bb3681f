import { readFile } from 'node:fs/promises';

/** `failures`: what failed and how, a few lines each, to be repeated at the end of a long output. */
export type Counts = { passed: number; failed: number; skipped: number; failures: string[] };

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] };

export function addCounts(a: Counts, b: Counts): Counts {
  return {
    passed: a.passed + b.passed,
    failed: a.failed + b.failed,
    skipped: a.skipped + b.skipped,
    failures: [...a.failures, ...b.failures],
  };
}

const maxFailureLines = 12;

type Report = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numTodoTests: number;
  testResults: FileResult[];
};

type FileResult = {
  name: string;
  status: string;
  message?: string;
  assertionResults: { status: string; fullName?: string; failureMessages?: string[] | null }[];
};

/**
 * The counts of one vitest run. A file that failed without a failed test (it did not load, or a hook failed) counts as
 * one failure. So does a run that failed for another reason, so that a failure is never counted as success.
 */
export async function readCounts(reportFile: string, exitCode: number): Promise<Counts> {
  const report = await readFile(reportFile, 'utf8').then(
    (text) => JSON.parse(text) as Report,
    () => undefined,
  );
  if (!report) return { ...noCounts, failed: 1 };
  const brokenFiles = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((assertion) => assertion.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + brokenFiles;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: report.testResults.flatMap(listFailures),
  };
}

function listFailures({ name, status, message, assertionResults }: FileResult): string[] {
  if (status !== 'failed') return [];
  const tests = assertionResults.filter((assertion) => assertion.status === 'failed');
  if (tests.length === 0) return [shorten(`${name}: ${message ?? ''}`)];
  return tests.map(({ fullName, failureMessages }) =>
    shorten([`${name} > ${fullName ?? ''}`, ...(failureMessages ?? [])].join('\n')),
  );
}

function shorten(text: string): string {
  return text.split('\n').slice(0, maxFailureLines).join('\n  ');
}
