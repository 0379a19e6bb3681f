import { parseArgs } from 'node:util';
import { startPostgres } from '#test/support/postgres.ts';
import { startRedis } from '#test/support/redis.ts';
import { startWorld } from '#test/support/world.ts';
import { crashEnvironment, runRounds } from './run-rounds.ts';

/**
 * `npm run test:crash -- --rounds N --database sqlite|postgres --redis --seed S`: kills the real server (SIGKILL) at
 * random points while it adds documents and Xero loses answers, starts it again, saves each form again with its key, and
 * counts in the sandbox what there is. Fails when a document is doubled, lost or another than was answered. With
 * `--redis` the dead process's locks, leases and calls in flight outlive it, and have to lapse first.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    database: { type: 'string', default: 'sqlite' },
    redis: { type: 'boolean', default: false },
    seed: { type: 'string', default: String(Date.now()) },
  },
});

async function main(): Promise<void> {
  const postgres = values.database === 'postgres' ? await startPostgres() : undefined;
  const databaseUrl = await postgres?.createDatabase();
  const redis = values.redis ? await startRedis() : undefined;
  const world = await startWorld({ databaseUrl, redisUrl: redis?.url, env: crashEnvironment });
  const rounds = Number(values.rounds);
  try {
    const cache = values.redis ? 'Redis' : 'memory';
    console.log(`${rounds} rounds on ${values.database} and ${cache}, seed ${values.seed}`);
    const onRound = (round: number, count: object): void => {
      if (round % 10 === 0 || round === rounds) console.log(JSON.stringify({ round, ...count }));
    };
    const count = await runRounds(world, { rounds, seed: Number(values.seed), onRound, redis });
    if (count.doubled + count.lost + count.strange + count.unsettled > 0) process.exitCode = 1;
  } finally {
    await world.stop();
    await redis?.stop();
    await postgres?.remove();
  }
}

await main();
