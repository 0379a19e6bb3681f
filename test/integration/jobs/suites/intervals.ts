import { expect, test } from 'vitest';
import { waitUntil } from '#test/support/wait-until.ts';
import type { OpenJobs } from './backends.ts';
import { startRuns } from './runs.ts';

/** Work at intervals. */
export function testIntervals(open: () => Promise<OpenJobs>): void {
  test('an interval runs at the start if it says so, then every so often, until the stop', async () => {
    const opened = await open();
    const { jobs, clock, ends } = opened;
    const counts = { sweep: 0, bring: 0 };
    const count = (name: keyof typeof counts) => {
      counts[name] += 1;
    };
    startRuns(opened, [
      { name: 'sweep', everyMs: 60_000, isDueAtStart: true, work: async () => count('sweep') },
      { name: 'bring', everyMs: 1_800_000, work: async () => count('bring') },
    ]);
    // After the end of a run, the clock is waited for again.
    await waitUntil(() => ends.length === 1, 'the run at the start');
    for (const minute of [1, 2, 3]) {
      clock.advanceSeconds(60);
      await waitUntil(() => ends.length === 1 + minute, 'the next run');
    }
    expect(counts.sweep).toBe(4);
    expect(counts.bring).toBe(0);
    clock.advanceSeconds(27 * 60);
    await waitUntil(() => counts.bring === 1, 'the longer interval');
    await jobs.stop();
    const after = { ...counts };
    clock.advanceSeconds(3600);
    await clock.sleep(50);
    expect(counts).toEqual(after);
    expect(ends).toContainEqual({ job: 'sweep', isFailed: false, durationMs: expect.any(Number) });
  });

  test('a failed interval is logged by name and runs when it is next due', async () => {
    const opened = await open();
    const { clock, warned } = opened;
    const error = new Error('the store is away');
    startRuns(opened, [{ name: 'sweep', everyMs: 60_000, work: () => Promise.reject(error) }]);
    for (const count of [1, 2]) {
      clock.advanceSeconds(60);
      await waitUntil(() => warned.length === count, 'the failure');
    }
    expect(warned).toEqual([1, 2].map(() => ({ err: error, job: 'sweep' })));
  });

  test('a slow interval never overlaps itself, and a stop waits for it', async () => {
    const opened = await open();
    const { jobs, clock } = opened;
    let begun = 0;
    let hasEnded = false;
    const work = async (signal: AbortSignal) => {
      begun += 1;
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      hasEnded = true;
    };
    startRuns(opened, [{ name: 'bring', everyMs: 60_000, work }]);
    clock.advanceSeconds(60);
    await waitUntil(() => begun === 1, 'the run');
    clock.advanceSeconds(3600);
    await clock.sleep(50);
    expect(begun).toBe(1);
    await jobs.stop();
    expect(hasEnded).toBe(true);
  });
}
