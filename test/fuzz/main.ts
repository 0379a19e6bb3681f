import { parseArgs } from 'node:util';
import { startPostgres } from '#test/support/programs/postgres.ts';
import { fuzzApp } from './run-fuzz.ts';
import { startFuzzApp } from './start-fuzz-app.ts';

/**
 * `npm run test:fuzz -- --runs N --seed S --database sqlite|postgres`: sends N requests from each route's schema and N
 * of raw bytes, and prints each route's answers. Fails at the first 500, hang, or error answer that is not a problem
 * document.
 */
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    database: { type: 'string', default: 'sqlite' },
  },
});

async function main(): Promise<void> {
  const postgres = values.database === 'postgres' ? await startPostgres() : undefined;
  const app = await startFuzzApp({ databaseUrl: await postgres?.createDatabase() });
  try {
    console.log(`${values.runs} runs a route and kind on ${values.database}, seed ${values.seed}`);
    const counts = await fuzzApp(app, { runs: Number(values.runs), seed: Number(values.seed) });
    for (const { route, requests, statuses } of counts)
      console.log(`${route.padEnd(50)} ${requests}  ${JSON.stringify(statuses)}`);
    console.log(`${counts.reduce((sum, { requests }) => sum + requests, 0)} requests, no 500, no hang`);
  } finally {
    await app.stop();
    await postgres?.remove();
  }
}

await main();
