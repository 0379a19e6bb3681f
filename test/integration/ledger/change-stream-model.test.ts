import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from '#test/support/programs/postgres.ts';
import { startRedis } from '#test/support/programs/redis.ts';
import { streamCommands } from './stream-commands.ts';
import { startStreamTest } from './stream-harness.ts';
import { addUp, buildStreamWorld, type Processes, readView, type StreamWorld } from './stream-model.ts';

/**
 * Short, and the same in every run. `STREAM_MODEL_RUNS=300 npm test -- change-stream-model` plays 300 random stories;
 * `STREAM_MODEL_SEED` repeats one of them.
 */
const runs = Number(process.env.STREAM_MODEL_RUNS ?? 12);
const isLong = process.env.STREAM_MODEL_RUNS !== undefined;
const seed = Number(process.env.STREAM_MODEL_SEED ?? (isLong ? Date.now() % 1_000_000 : 5));

let postgres: TestPostgres;
let processes: Processes;
beforeAll(async () => {
  const [database, redis] = await Promise.all([startPostgres(), startRedis()]);
  postgres = database;
  const options = { databaseUrl: await postgres.createDatabase(), redisUrl: redis.url };
  const first = await startStreamTest(options);
  const second = await startStreamTest({ ...options, beside: first.app });
  processes = { first, second, redis, options };
});
afterAll(async () => {
  await processes?.second.app.stop();
  await processes?.first.app.stop();
  await processes?.redis.stop();
  await postgres?.remove();
});

test(
  'after any story of changes and faults, the ledger equals Xero',
  async () => {
    const told = { commands: 0 };
    await fc.assert(
      fc.asyncProperty(streamCommands(40), async (commands) => {
        const world = await buildStreamWorld(processes);
        await world.advanceSeconds(61);
        const model = { count: 0 };
        await fc.asyncModelRun(() => ({ model, real: world }), commands);
        told.commands += model.count;
        await becomeQuiet(world);
        for (const [at, { contactId }] of world.people.entries()) {
          const wanted = await addUp(world, contactId);
          for (const process of [0, 1]) {
            const view = await world.view(at, process);
            const why = view.error?.code ?? (view.stale && lastLines());
            expect({ ...readView(view), stale: view.stale, why }).toEqual({ ...wanted, stale: false, why: false });
          }
        }
      }),
      { numRuns: runs, seed, endOnFailure: true },
    );
    if (isLong) process.stdout.write(`seed ${seed}: ${runs} stories, ${told.commands} commands\n`);
  },
  60_000 + runs * 20_000,
);

/** What the processes logged last, but for requests, shown when figures stay stale for no known reason. */
function lastLines(): string {
  const logs = [processes.first, processes.second].map(({ app }) => app.logs().split('\n').slice(-400));
  return logs
    .map((lines) =>
      lines
        .filter((line) => !line.includes('"answered"'))
        .slice(-20)
        .join('\n'),
    )
    .join('\n--\n');
}

/** Nothing fails or changes any more, and somebody views for a few minutes. */
async function becomeQuiet(world: StreamWorld): Promise<void> {
  await world.control.clearFaults();
  for (let minute = 0; minute < 8; minute += 1) {
    await Promise.all(world.people.map((_, at) => world.view(at, at)));
    await world.advanceSeconds(61);
  }
}
