import { afterAll, beforeAll, describe } from 'vitest';
import type { Cache } from '#server/cache/cache.ts';
import { openCache } from '#server/cache/open-cache.ts';
import { cacheBackends } from './cache-suites/backends.ts';
import { channelsSuite } from './cache-suites/channels.ts';
import { correctedGovernorSuite, governorSuite, lowerLimitGovernorSuite } from './cache-suites/governor.ts';
import {
  apartClocksGovernorSuite,
  movedClockGovernorSuite,
  movedDayGovernorSuite,
  unsteadyClockGovernorSuite,
} from './cache-suites/governor-clock.ts';
import { governorModelSuite } from './cache-suites/governor-model.ts';
import { guardedValuesSuite } from './cache-suites/guarded-values.ts';
import { locksSuite } from './cache-suites/locks.ts';
import { loneFlightSuite, singleFlightSuite } from './cache-suites/single-flight.ts';
import { valuesSuite } from './cache-suites/values.ts';

for (const backend of cacheBackends) {
  describe(`cache in ${backend.name}`, () => {
    let cache: Cache;
    let stop: () => Promise<void>;

    beforeAll(async () => {
      const started = await backend.start();
      stop = started.stop;
      cache = await openCache(started.options);
    });
    afterAll(async () => {
      await cache.close();
      await stop();
    });

    const context = () => cache;
    valuesSuite(context);
    guardedValuesSuite(context);
    locksSuite(context);
    channelsSuite(context);
    governorSuite(context);
    correctedGovernorSuite(context);
    lowerLimitGovernorSuite(context);
    movedClockGovernorSuite(context);
    movedDayGovernorSuite(context);
    apartClocksGovernorSuite(context);
    unsteadyClockGovernorSuite(context);
    governorModelSuite(context);
    singleFlightSuite(context);
    loneFlightSuite(context);
  });
}
