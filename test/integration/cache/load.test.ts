import { expect, test } from 'vitest';
import { runLoad } from '#test/load/run-load.ts';

/** The short form of `npm run test:load`. */
test('four processes under load meet no limit and lose no answered invoice', async () => {
  const dailyCalls = 130;
  const { xero, queue, invoices } = await runLoad({ processes: 4, users: 60, minutes: 3, dailyCalls, seed: 7 });
  expect(xero).toMatchObject({ refused: 0, refusedByLimits: 0 });
  expect(xero.peakInFlight).toBeLessThanOrEqual(5);
  expect(xero.busiestMinute).toBeLessThanOrEqual(60);
  expect(xero.busiestDay).toBeLessThanOrEqual(dailyCalls);
  expect(queue.person.admitted).toBeGreaterThan(0);
  expect(invoices).toMatchObject({ lost: 0, doubled: 0 });
}, 300_000);
