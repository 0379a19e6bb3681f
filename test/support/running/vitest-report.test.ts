import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCounts } from './vitest-report.ts';

describe('counting a vitest run', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ledgerside-report-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const count = async (report: object, exitCode: number) => {
    const file = join(folder, 'report.json');
    await writeFile(file, JSON.stringify(report));
    return readCounts(file, exitCode);
  };
  const green = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 0, testResults: [] };

  test('a successful run counts no failures', async () => {
    expect(await count(green, 0)).toEqual({ passed: 3, failed: 0, skipped: 1, failures: [] });
  });

  test('a file that did not load counts as one failure', async () => {
    const testResults = [{ name: 'a.test.ts', status: 'failed', message: 'no such file', assertionResults: [] }];
    const failures = ['a.test.ts: no such file'];
    expect(await count({ ...green, testResults }, 1)).toMatchObject({ passed: 3, failed: 1, failures });
  });

  test('a file with a failed test is not counted twice', async () => {
    const assertion = { status: 'failed', fullName: 'a sum is exact', failureMessages: ['expected 1 to be 2'] };
    const testResults = [{ name: 'a.test.ts', status: 'failed', assertionResults: [assertion] }];
    const failures = ['a.test.ts > a sum is exact\n  expected 1 to be 2'];
    expect(await count({ ...green, numFailedTests: 1, testResults }, 1)).toMatchObject({ failed: 1, failures });
  });

  test('a failed run without a failed test counts as one failure', async () => {
    expect(await count(green, 1)).toMatchObject({ failed: 1 });
  });

  test('a missing report is a failure', async () => {
    expect(await readCounts(join(folder, 'absent.json'), 0)).toEqual({
      passed: 0,
      failed: 1,
      skipped: 0,
      failures: [],
    });
  });
});
