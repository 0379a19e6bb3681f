import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { buildProduct } from '#test/support/programs/build-product.ts';
import { startPostgres, type TestPostgres } from '#test/support/programs/postgres.ts';
import { startRedis } from '#test/support/programs/redis.ts';
import { startWorld, type World } from '#test/support/world/world.ts';
import { mergeCounts, noCount } from './count.ts';
import { noRecordCount } from './records/count-records.ts';
import { runRecordRounds } from './records/run-record-rounds.ts';
import { crashEnvironment, type Run, runRounds } from './run-rounds.ts';

/**
 * `npm run test:crash -- --rounds N --database sqlite|postgres --redis --worlds W --seed S --of forms|records`. Each round kills the real
 * server (SIGKILL) at a random point while it adds documents and Xero loses answers. It then starts the server again,
 * saves each form again with its key, and counts the documents in the sandbox. Fails when a document is doubled, lost
 * or different from the answered one.
 * After each kill, one of four stories follows in turn. `replaced`: the document is created and a proxy answers a 4xx.
 * `crowded`: more than a thousand documents of the contact change before the search. `forgotten`: Xero forgets the key
 * too early. `stopped`: the process is suspended with SIGSTOP; with Postgres and Redis just after its mark, while a
 * second process finishes the write.
 * With `--of records`, the CRM hands over records of many kinds in batches, changes and deletes some, and the server is
 * killed once or twice while it sends them. Each record must then be in Xero once, or say why it is not.
 * With `--redis`, the dead process's locks, leases and calls in flight outlive it and must expire first. The rounds are
 * shared by W parallel worlds, each with its own Xero, database and Redis.
 */
const { values } = parseArgs({
  options: {
    of: { type: 'string', default: 'forms' },
    rounds: { type: 'string', default: '20' },
    database: { type: 'string', default: 'sqlite' },
    redis: { type: 'boolean', default: false },
    worlds: { type: 'string', default: String(availableParallelism()) },
    seed: { type: 'string', default: String(Date.now()) },
  },
});

type Counts = Record<string, number>;
type Story = { none: Counts; faults: readonly string[]; run(world: World, run: Run<Counts>): Promise<Counts> };

const stories: Record<string, Story> = {
  forms: { none: noCount, faults: ['doubled', 'lost', 'strange', 'unsettled', 'notesDoubled'], run: runRounds },
  records: {
    none: noRecordCount,
    faults: ['doubled', 'lost', 'strange', 'silent', 'unexpected'],
    run: runRecordRounds,
  },
};

type Part = { story: Story; rounds: number; seed: number; postgres: TestPostgres | undefined };

async function runPart({ story, rounds, seed, postgres }: Part, onRound: (count: Counts) => void): Promise<Counts> {
  const databaseUrl = await postgres?.createDatabase();
  const redis = values.redis ? await startRedis() : undefined;
  const options = { databaseUrl, redisUrl: redis?.url, env: crashEnvironment, hasMovingClock: true };
  const world = await startWorld(options);
  try {
    return await story.run(world, { rounds, seed, redis, databaseUrl, onRound: (_round, count) => onRound(count) });
  } finally {
    await world.stop();
    await redis?.stop();
  }
}

async function main(): Promise<void> {
  const [rounds, seed] = [Number(values.rounds), Number(values.seed)];
  const story = stories[values.of];
  if (!story) throw new Error(`--of is one of ${Object.keys(stories).join(', ')}`);
  const worlds = Math.min(Number(values.worlds), rounds);
  await buildProduct();
  const postgres = values.database === 'postgres' ? await startPostgres() : undefined;
  const cache = values.redis ? 'Redis' : 'memory';
  console.log(`${rounds} rounds of ${values.of} on ${values.database} and ${cache} in ${worlds} worlds, seed ${seed}`);
  const counts = Array.from({ length: worlds }, () => story.none);
  const tell = (place: number) => (count: Counts) => {
    counts[place] = count;
    const all = counts.reduce(mergeCounts, story.none);
    if ((all.rounds ?? 0) % 10 === 0) console.log(JSON.stringify({ at: new Date().toISOString(), ...all }));
  };
  try {
    const parts = counts.map((_, place) => {
      const share = Math.floor(rounds / worlds) + (place < rounds % worlds ? 1 : 0);
      return runPart({ story, rounds: share, seed: seed + place, postgres }, tell(place));
    });
    const ends = await Promise.allSettled(parts);
    const all = counts.reduce(mergeCounts, story.none);
    console.log(JSON.stringify({ at: new Date().toISOString(), ended: true, ...all }));
    for (const end of ends) if (end.status === 'rejected') console.error(end.reason);
    const faults = story.faults.reduce((sum, name) => sum + (all[name] ?? 0), 0);
    if (faults > 0 || (all.rounds ?? 0) < rounds) process.exitCode = 1;
  } finally {
    await postgres?.remove();
  }
}

await main();
