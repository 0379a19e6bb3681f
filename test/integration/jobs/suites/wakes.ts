import { expect, test } from 'vitest';
import type { OpenJobs } from './backends.ts';
import { newPlace, startRuns } from './runs.ts';

/** Wake-ups without a delay. */
export function testWakes(open: () => Promise<OpenJobs>): void {
  test('a hundred wake-ups during a run make one more run after it', async () => {
    const opened = await open();
    const runs = startRuns(opened);
    const place = newPlace();
    const held = runs.hold(place);
    opened.jobs.wake(place);
    await runs.untilBegun(place, 1);
    for (let n = 0; n < 100; n += 1) opened.jobs.wake(place);
    await runs.untilIdle();
    expect(runs.countOf(place)).toBe(1);
    held.letGo();
    await runs.untilBegun(place, 2);
    await runs.untilIdle();
    expect(runs.countOf(place)).toBe(2);
    expect(runs.mostAtOnce()).toBe(1);
  });

  test('wake-ups before a run begins are one run, and before the start they are kept', async () => {
    const opened = await open();
    const place = newPlace();
    for (let n = 0; n < 20; n += 1) opened.jobs.wake(place);
    // Real time: a wake-up that reaches Redis after a run has begun makes one more.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const runs = startRuns(opened);
    await runs.untilBegun(place, 1);
    await runs.untilIdle();
    expect(runs.countOf(place)).toBe(1);
  });

  test('one long run holds up no other place', async () => {
    const opened = await open();
    const runs = startRuns(opened);
    const long = newPlace();
    const held = runs.hold(long);
    opened.jobs.wake(long);
    await runs.untilBegun(long, 1);
    for (const place of Array.from({ length: 30 }, newPlace)) {
      opened.jobs.wake(place);
      await runs.untilBegun(place, 1);
    }
    held.letGo();
  });
}
