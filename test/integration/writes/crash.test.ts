import { expect, test } from 'vitest';
import { crashEnvironment, runRounds } from '#test/crash/run-rounds.ts';
import { startPostgres } from '#test/support/programs/postgres.ts';
import { startRedis } from '#test/support/programs/redis.ts';
import { startWorld } from '#test/support/world/world.ts';

const options = { env: crashEnvironment, hasMovingClock: true };
/** Each round kills the server once and plays one of the four stories. */
const rounds = 4;
const clean = {
  ...{ rounds, stories: 4, replaced: 1, crowded: 1, forgotten: 1, stopped: 1 },
  ...{ forms: 16, documents: 16, doubled: 0, lost: 0, strange: 0, unsettled: 0, notesDoubled: 0 },
};

/** The short forms of `npm run test:crash`. */
test('kills, stops and lost answers never double or lose a document', async () => {
  const world = await startWorld(options);
  try {
    expect(await runRounds(world, { rounds, seed: 4711 })).toMatchObject(clean);
  } finally {
    await world.stop();
  }
}, 600_000);

test('nor with locks that outlive the process and a second process', async () => {
  const [postgres, redis] = [await startPostgres(), await startRedis()];
  const databaseUrl = await postgres.createDatabase();
  const world = await startWorld({ ...options, databaseUrl, redisUrl: redis.url });
  try {
    const count = await runRounds(world, { rounds, seed: 4712, redis, databaseUrl });
    expect(count).toMatchObject(clean);
    expect(count.cut).toBeGreaterThan(0);
  } finally {
    await world.stop();
    await redis.stop();
    await postgres.remove();
  }
}, 600_000);
