import type { TestRedis } from '#test/support/redis.ts';
import type { World } from '#test/support/world.ts';
import { type Count, countDocuments, mergeCounts, noCount } from './count.ts';
import { playRound } from './round.ts';

export type Run = {
  rounds: number;
  seed: number;
  onRound?: (round: number, count: Count) => void;
  /** Where the server's cache outlives it. */
  redis?: Pick<TestRedis, 'forget'> | undefined;
};

/** Plays the rounds one after the other in one world and counts over all of them. */
export async function runRounds(world: World, { rounds, seed, onRound, redis }: Run): Promise<Count> {
  await world.xero.control.limits({ minute: 1_000_000, day: 10_000_000, inFlight: 1_000 });
  await world.admin.connect();
  const { contactId } = await world.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
  const random = buildRandom(seed);
  let count = noCount;
  for (let round = 1; round <= rounds; round += 1) {
    const saved = await playRound(world, { contactId, random, redis });
    count = mergeCounts(count, await countDocuments(world, contactId, saved));
    onRound?.(round, count);
  }
  return count;
}

/** More calls than a day allows are made in a long run. */
export const crashEnvironment = { LOG_LEVEL: 'warn', XERO_DAILY_CALLS: '10000000' };

/** Every number from one seed, so that a run can be told again (mulberry32). */
function buildRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
