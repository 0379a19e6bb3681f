import { afterAll, afterEach, beforeAll, describe, expect } from 'vitest';
import { jobsBackends, type OpenJobs } from './suites/backends.ts';
import { testDelays } from './suites/delays.ts';
import { testFailures } from './suites/failures.ts';
import { testIntervals } from './suites/intervals.ts';
import { testStops } from './suites/stops.ts';
import { testWakes } from './suites/wakes.ts';

describe.each(jobsBackends)('jobs: $name', ({ start }) => {
  let backend: Awaited<ReturnType<typeof start>>;
  const running: OpenJobs[] = [];
  const open = async (): Promise<OpenJobs> => {
    const opened = await backend.open();
    running.push(opened);
    return opened;
  };

  beforeAll(async () => {
    backend = await start();
  });
  afterEach(async () => {
    for (const { close, errors } of running.splice(0)) {
      await close();
      expect(errors).toEqual([]);
    }
  });
  afterAll(() => backend.stop());

  testWakes(open);
  testDelays(open);
  testFailures(open);
  testIntervals(open);
  testStops(open);
});
