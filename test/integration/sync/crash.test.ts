import { expect, test } from 'vitest';
import { runRecordRounds } from '#test/crash/records/run-record-rounds.ts';
import { crashEnvironment } from '#test/crash/run-rounds.ts';
import { startPostgres } from '#test/support/programs/postgres.ts';
import { startRedis } from '#test/support/programs/redis.ts';
import { startWorld } from '#test/support/world/world.ts';

const options = { env: crashEnvironment, hasMovingClock: true };
const rounds = 3;
const clean = { rounds, doubled: 0, lost: 0, strange: 0, silent: 0, unexpected: 0 };

/** The short forms of `npm run test:crash -- --of records`. */
test('records that are sent while the server is killed are in Xero once, or say why not', async () => {
  const world = await startWorld(options);
  try {
    const count = await runRecordRounds(world, { rounds, seed: 4711 });
    expect(count).toMatchObject(clean);
    expect(count.cut).toBeGreaterThan(0);
    expect(count.inXero).toBeGreaterThan(20);
  } finally {
    await world.stop();
  }
}, 600_000);

test('so are they with Postgres, and with locks in Redis that outlive the process', async () => {
  const [postgres, redis] = [await startPostgres(), await startRedis()];
  const world = await startWorld({ ...options, databaseUrl: await postgres.createDatabase(), redisUrl: redis.url });
  try {
    const count = await runRecordRounds(world, { rounds, seed: 4712, redis });
    expect(count).toMatchObject(clean);
    expect(count.cut).toBeGreaterThan(0);
  } finally {
    await world.stop();
    await redis.stop();
    await postgres.remove();
  }
}, 600_000);
