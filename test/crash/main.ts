import { parseArgs } from 'node:util';
import { startPostgres } from '#test/support/postgres.ts';
import { startWorld, type World } from '#test/support/world.ts';
import { type Count, countDocuments, mergeCounts, noCount } from './count.ts';
import { playRound } from './round.ts';

/**
 * `npm run test:crash -- --rounds N --database sqlite|postgres --seed S`: kills the real server (SIGKILL) at random
 * points while it adds documents and Xero loses answers, starts it again, saves each form again with its key, and counts
 * in the sandbox what there is. Fails when a document is doubled, lost or another than was answered.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    database: { type: 'string', default: 'sqlite' },
    seed: { type: 'string', default: String(Date.now()) },
  },
});

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

async function run(world: World, rounds: number): Promise<Count> {
  await world.xero.control.limits({ minute: 1_000_000, day: 10_000_000, inFlight: 1_000 });
  await world.admin.connect();
  const { contactId } = await world.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
  const random = buildRandom(Number(values.seed));
  let count = noCount;
  for (let round = 1; round <= rounds; round += 1) {
    const saved = await playRound(world, { contactId, random });
    count = mergeCounts(count, await countDocuments(world, contactId, saved));
    if (round % 10 === 0 || round === rounds) console.log(JSON.stringify({ round, ...count }));
  }
  return count;
}

async function main(): Promise<void> {
  const postgres = values.database === 'postgres' ? await startPostgres() : undefined;
  const databaseUrl = await postgres?.createDatabase();
  const world = await startWorld({ databaseUrl, env: { LOG_LEVEL: 'warn', XERO_DAILY_CALLS: '10000000' } });
  try {
    console.log(`${values.rounds} rounds on ${values.database}, seed ${values.seed}`);
    const count = await run(world, Number(values.rounds));
    if (count.doubled + count.lost + count.strange + count.unsettled > 0) process.exitCode = 1;
  } finally {
    await world.stop();
    await postgres?.remove();
  }
}

await main();
