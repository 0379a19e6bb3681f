import { parseArgs } from 'node:util';
import { runLoad } from './run-load.ts';

/**
 * `npm run test:load -- --processes 4 --users 200 --minutes 15`: simulated people in front of several server processes,
 * with the sandbox's limits. Fails when Xero refused a call because of its limits, or when an answered invoice is lost
 * or doubled.
 */
const { values } = parseArgs({
  options: {
    processes: { type: 'string', default: '4' },
    users: { type: 'string', default: '200' },
    minutes: { type: 'string', default: '15' },
    daily: { type: 'string' },
    seed: { type: 'string', default: String(Date.now()) },
  },
});

const minutes = Number(values.minutes);
// The day's budget is used up before the end.
const dailyCalls = Number(values.daily ?? minutes * 40);
const load = { processes: Number(values.processes), users: Number(values.users), minutes, dailyCalls };
const seed = Number(values.seed);
console.log(JSON.stringify({ ...load, seed }));
const { xero, queue, people, invoices } = await runLoad({ ...load, seed });
console.log(JSON.stringify({ xero, queue, people, invoices }, null, 2));
const isBad =
  xero.refusedByLimits + xero.refused + invoices.lost + invoices.doubled > 0 || xero.busiestDay > dailyCalls;
process.exitCode = isBad ? 1 : 0;
