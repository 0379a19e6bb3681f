import { setMaxListeners } from 'node:events';
import { presets } from '#test/support/people/admin.ts';
import { addLinkedPeople } from '#test/support/people/people.ts';
import { countCalls, readWaits } from './count-calls.ts';
import { type Fleet, startFleet } from './fleet.ts';
import { work } from './person.ts';
import { buildTally, toQuantiles } from './tally.ts';

export type Load = { processes: number; users: number; minutes: number; dailyCalls: number; seed: number };

/** Clocks move one after the other, in steps small enough that their minutes agree. */
const stepSeconds = 0.5;
const mostPeople = 80;
/** Long enough for calls to overlap; some seconds of the moved clock. */
const answerMs = 40;

/**
 * Simulated people in front of several real processes. All clocks, including Xero's, are moved while they work, so that
 * minutes pass in seconds. Returns what Xero and the people saw.
 */
export async function runLoad(load: Load) {
  const { processes, users, minutes, dailyCalls } = load;
  const fleet = await startFleet({ processes, env: { XERO_DAILY_CALLS: String(dailyCalls) } });
  try {
    await fleet.control.limits({ day: dailyCalls });
    await fleet.admin.connect();
    const userIds = Array.from({ length: users }, (_, index) => `user-${index}`);
    await fleet.admin.grant(Object.fromEntries(userIds.map((id) => [id, presets.full])));
    const reach = { ...fleet, workspaceId: fleet.workspace.id };
    const people = await addLinkedPeople(reach, Math.min(mostPeople, Math.ceil(users / 2)));
    await fleet.control.fault({
      kind: 'slow',
      delayMs: answerMs,
      times: Number.POSITIVE_INFINITY,
      path: '/api\\.xro/',
    });
    const tally = buildTally();
    const ending = new AbortController();
    setMaxListeners(0, ending.signal);
    const crowd = { fleet, people, tally, random: buildRandom(load.seed), ending: ending.signal };
    const working = userIds.map((userId) => work(crowd, userId));
    await passMinutes(fleet, minutes);
    ending.abort();
    await Promise.all(working);
    return await report(fleet, tally.read());
  } finally {
    await fleet.stop();
  }
}

async function passMinutes(fleet: Fleet, minutes: number): Promise<void> {
  const endsMs = fleet.clock.now().getTime() + minutes * 60_000;
  while (fleet.clock.now().getTime() < endsMs) await fleet.advanceSeconds(stepSeconds);
}

async function report(fleet: Fleet, seen: ReturnType<ReturnType<typeof buildTally>['read']>) {
  const { control, products } = fleet;
  const { inFlight, refused } = await control.peak();
  const { organisations } = await control.seedInfo();
  const { invoices } = await control.documents({ tenantId: organisations[0]?.tenantId ?? '' });
  const copies = (mark: string) => invoices.filter(({ Reference }) => Reference === mark).length;
  return {
    xero: { ...countCalls(await control.requests()), peakInFlight: inFlight, refusedByLimits: refused },
    queue: await readWaits(products.map(({ origin }) => origin)),
    people: {
      deeds: seen.deeds,
      toldToWait: seen.refusals,
      troubles: seen.troubles,
      secondsToFigures: toQuantiles(seen.figures),
      secondsToLink: toQuantiles(seen.acts),
    },
    /** The invoices that were answered. */
    invoices: {
      answered: seen.invoices.length,
      lost: seen.invoices.filter((mark) => copies(mark) === 0).length,
      doubled: seen.invoices.filter((mark) => copies(mark) > 1).length,
    },
  };
}

/** All random numbers come from one seed (mulberry32). The order in which people act still depends on the machine. */
function buildRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
