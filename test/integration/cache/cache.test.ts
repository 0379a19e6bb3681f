import { afterAll, beforeAll, describe } from 'vitest';
import type { Cache } from '#server/cache/cache.ts';
import { openCache } from '#server/cache/open-cache.ts';
import { cacheBackends } from './suites/backends.ts';
import { channelsSuite } from './suites/channels.ts';
import { correctedGovernorSuite, governorSuite, lowerLimitGovernorSuite } from './suites/governor.ts';
import {
  apartClocksGovernorSuite,
  movedClockGovernorSuite,
  movedDayGovernorSuite,
  unsteadyClockGovernorSuite,
} from './suites/governor-clock.ts';
import { governorModelSuite } from './suites/governor-model.ts';
import { guardedValuesSuite } from './suites/guarded-values.ts';
import { locksSuite } from './suites/locks.ts';
import { loneFlightSuite, singleFlightSuite } from './suites/single-flight.ts';
import { valuesSuite } from './suites/values.ts';

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
