import { expect, test } from 'vitest';
import { waitUntil } from '#test/support/wait-until.ts';
import type { OpenJobs } from './backends.ts';
import { buildRuns, newPlace } from './runs.ts';

/** Runs that fail. */
export function testFailures(open: () => Promise<OpenJobs>): void {
  test('a failed run is logged and counted, and the next wake-up runs again', async () => {
    const { jobs, ends, warned } = await open();
    const runs = buildRuns();
    const error = new Error('the store is away');
    const run = async (...given: Parameters<typeof runs.run>) => {
      await runs.run(...given);
      throw error;
    };
    jobs.start({ run, intervals: [] });
    const place = newPlace();
    for (const count of [1, 2]) {
      jobs.wake(place);
      await waitUntil(() => ends.length === count, 'the end of the run');
    }
    expect(runs.countOf(place)).toBe(2);
    expect(warned).toEqual([1, 2].map(() => ({ err: error, job: 'place', ...place })));
    expect(ends).toEqual([1, 2].map(() => ({ job: 'place', isFailed: true, durationMs: expect.any(Number) })));
  });
}
