import { buildProduct } from '#test/support/programs/build-product.ts';
import { startPostgres } from '#test/support/programs/postgres.ts';
import { startRedis } from '#test/support/programs/redis.ts';
import { startWorld } from '#test/support/world/world.ts';
import { measureColdStart } from './cold-start.ts';
import { type Figure, toTable } from './figure.ts';
import { measureFirstPaint } from './first-paint.ts';
import { measurePeopleViews } from './people-views.ts';
import { measureTaking } from './sync-batch.ts';
import { measureBills } from './sync-bills.ts';
import { measureSyncCalls } from './sync-calls.ts';
import { measurePicking } from './sync-pick.ts';
import { measureSearching } from './sync-search.ts';
import { measureViewWhileTravelling } from './view-while-travelling.ts';
import { measureWarmView } from './warm-view.ts';
import { measureWebhookToWidget } from './webhook-to-widget.ts';
import { measureLargeContact, measureXeroCalls } from './xero-calls.ts';

/** Logging every request would be part of the measurement. */
const quiet = { LOG_LEVEL: 'warn' };

/** `npm run bench`: what the product costs Xero, the server and the browser. Each figure has a reference. */
async function measureOnSqlite(): Promise<Figure[]> {
  const world = await startWorld({ env: quiet });
  try {
    await world.admin.connect();
    return [
      ...(await measureXeroCalls(world)),
      await measureWarmView(world, 'SQLite and memory'),
      await measureColdStart(world),
    ];
  } finally {
    await world.stop();
  }
}

async function measureOnPostgres(): Promise<Figure> {
  const [postgres, redis] = [await startPostgres(), await startRedis()];
  try {
    const world = await startWorld({ databaseUrl: await postgres.createDatabase(), redisUrl: redis.url, env: quiet });
    try {
      await world.admin.connect();
      await world.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
      return await measureWarmView(world, 'Postgres and Redis');
    } finally {
      await world.stop();
    }
  } finally {
    await redis.stop();
    await postgres.remove();
  }
}

await buildProduct();
const figures = [
  ...(await measureOnSqlite()),
  ...(await measureLargeContact()),
  ...(await measurePeopleViews()),
  ...(await measureWebhookToWidget()),
  await measureOnPostgres(),
  await measureSyncCalls(),
  ...(await measureBills()),
  ...(await measureViewWhileTravelling()),
  ...(await measureTaking()),
  ...(await measurePicking()),
  await measureSearching(),
  ...(await measureFirstPaint()),
];
console.log(`\n${toTable('Ledgerside', figures)}\n`);
