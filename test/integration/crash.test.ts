import { expect, test } from 'vitest';
import { crashEnvironment, runRounds } from '#test/crash/run-rounds.ts';
import { startRedis } from '#test/support/redis.ts';
import { startWorld } from '#test/support/world.ts';

const clean = { doubled: 0, lost: 0, strange: 0, unsettled: 0, notesDoubled: 0 };

/** The short forms of `npm run test:crash`. */
test('when the server is killed while it writes and answers are lost, then no document is doubled or lost', async () => {
  const world = await startWorld({ env: crashEnvironment });
  try {
    const { forms, documents, ...rest } = await runRounds(world, { rounds: 4, seed: 4711 });
    expect([forms, documents]).toEqual([12, 12]);
    expect(rest).toMatchObject(clean);
  } finally {
    await world.stop();
  }
}, 600_000);

test('when the killed server’s locks and leases outlive it in Redis, then no document is doubled or lost either', async () => {
  const redis = await startRedis();
  const world = await startWorld({ redisUrl: redis.url, env: crashEnvironment });
  try {
    const { forms, documents, ...rest } = await runRounds(world, { rounds: 4, seed: 4712, redis });
    expect([forms, documents]).toEqual([12, 12]);
    expect(rest).toMatchObject(clean);
    expect(rest.cut).toBeGreaterThan(0);
  } finally {
    await world.stop();
    await redis.stop();
  }
}, 600_000);
