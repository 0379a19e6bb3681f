import { expect, test } from 'vitest';
import type { OpenJobs } from './backends.ts';
import { newPlace, startRuns } from './runs.ts';

/** Wake-ups with a delay, and what a changed clock does to them. */
export function testDelays(open: () => Promise<OpenJobs>): void {
  test('an earlier wake-up replaces a later one, and a later one changes nothing', async () => {
    const opened = await open();
    const { jobs, clock } = opened;
    const runs = startRuns(opened);
    const place = newPlace();
    jobs.wake(place, { afterMs: 3_600_000 });
    jobs.wake(place, { afterMs: 60_000 });
    jobs.wake(place, { afterMs: 7_200_000 });
    clock.advanceSeconds(59);
    await runs.untilIdle();
    expect(runs.countOf(place)).toBe(0);
    clock.advanceSeconds(1);
    await runs.untilBegun(place, 1);
    clock.advanceSeconds(3 * 3600);
    await runs.untilIdle();
    expect(runs.countOf(place)).toBe(1);
    jobs.wake(place, { afterMs: 60_000 });
    jobs.wake(place);
    await runs.untilBegun(place, 2);
    clock.advanceSeconds(60);
    await runs.untilIdle();
    expect(runs.countOf(place)).toBe(2);
  });

  test('a clock set back or forward by hours loses no wake-up', async () => {
    const opened = await open();
    const { jobs, clock } = opened;
    const runs = startRuns(opened);
    const place = newPlace();
    jobs.wake(place, { afterMs: 60_000 });
    clock.advanceSeconds(-5 * 3600);
    await runs.untilIdle();
    expect(runs.countOf(place)).toBe(0);
    clock.advanceSeconds(60);
    await runs.untilBegun(place, 1);
    jobs.wake(place, { afterMs: 40 * 24 * 3_600_000 });
    clock.advanceSeconds(24 * 3600);
    await runs.untilBegun(place, 2);
  });
}
