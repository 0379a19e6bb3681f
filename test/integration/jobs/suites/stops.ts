import { expect, test } from 'vitest';
import type { OpenJobs } from './backends.ts';
import { newPlace, startRuns } from './runs.ts';

/** What a stop does to running and waiting work. */
export function testStops(open: () => Promise<OpenJobs>): void {
  test('a stop aborts the signal, waits for the run and begins nothing more', async () => {
    const opened = await open();
    const { jobs, clock } = opened;
    const place = newPlace();
    const ended: string[] = [];
    let begun = 0;
    jobs.start({
      run: async (_place, signal) => {
        begun += 1;
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        await clock.sleep(20);
        ended.push('run');
      },
      intervals: [],
    });
    jobs.wake(place);
    await clock.sleep(100);
    while (begun === 0) await clock.sleep(20);
    jobs.wake(place);
    jobs.wake(newPlace(), { afterMs: 60_000 });
    await jobs.stop();
    expect(ended).toEqual(['run']);
    jobs.wake(newPlace());
    clock.advanceSeconds(3600);
    await clock.sleep(50);
    expect(begun).toBe(1);
  });

  test('a stop before the start ends at once', async () => {
    const { jobs } = await open();
    jobs.wake(newPlace());
    await jobs.stop();
  });

  test('a second stop waits for the same end', async () => {
    const opened = await open();
    startRuns(opened);
    await Promise.all([opened.jobs.stop(), opened.jobs.stop()]);
  });
}
