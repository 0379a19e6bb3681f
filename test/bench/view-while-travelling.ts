import type { SyncOverview } from '#shared/contract/sync/overview.ts';
import { type RecordStage, setRecordStage } from '#test/crash/records/record-stage.ts';
import { adminId } from '#test/support/people/admin.ts';
import { fuel } from '#test/support/people/sync-desk.ts';
import { startPostgres } from '#test/support/programs/postgres.ts';
import { startRedis } from '#test/support/programs/redis.ts';
import { waitUntil } from '#test/support/wait-until.ts';
import { startWorld } from '#test/support/world/world.ts';
import type { Figure } from './figure.ts';
import { type Load, putUnderLoad } from './load.ts';

const size = 10_000;
const perBatch = 500;
/** Sync spends its calls of a minute at once, and any minute has all of them. Handing over is another figure. */
const seconds = { travelling: 60, quiet: 15 };
const leastShare = 0.9;
/** Only so that a bench that hangs ends. */
const patienceMs = 120_000;

/** Requests per second of a warm contact view while records travel, beside the same view while none do. */
export async function measureViewWhileTravelling(): Promise<Figure[]> {
  const [postgres, redis] = [await startPostgres(), await startRedis()];
  try {
    const databaseUrl = await postgres.createDatabase();
    return [
      await measureOn('SQLite and memory', {}),
      await measureOn('Postgres and Redis', { databaseUrl, redisUrl: redis.url }),
    ];
  } finally {
    await redis.stop();
    await postgres.remove();
  }
}

async function measureOn(name: string, on: { databaseUrl?: string; redisUrl?: string }): Promise<Figure> {
  const world = await startWorld({ ...on, env: { LOG_LEVEL: 'warn', XERO_DAILY_CALLS: '100000' } });
  try {
    const stage = await setRecordStage({ world, random: Math.random });
    await world.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
    const visit = await world.visit({ userId: adminId, recordType: 'contact', recordId: '1001' });
    const look = (duration: number) =>
      putUnderLoad(`${world.product().origin}/api/view`, visit.opened.session.token, duration);
    const before = await look(seconds.quiet);
    await handOver(stage);
    const travelling = await look(seconds.travelling);
    const sent = (await countStates(stage)).synced;
    await stopTravelling(stage);
    const after = await look(seconds.quiet);
    return toFigure(name, { travelling, quiet: [before, after], sent });
  } finally {
    await world.stop();
  }
}

async function handOver({ send }: RecordStage): Promise<void> {
  for (let start = 0; start < size; start += perBatch) {
    const records = Array.from({ length: perBatch }, (_, index) => {
      const crmId = `bench-${start + index}`;
      return { kind: 'expenses', crmId, version: 1, data: { ...fuel, reference: crmId } };
    });
    await send('POST', '/api/records/batch', { records });
  }
}

async function stopTravelling(stage: RecordStage): Promise<void> {
  await stage.send('PUT', '/api/sync/rules', { enabled: false });
  const isQuiet = async () => (await countStates(stage)).waiting === 0;
  await waitUntil(isQuiet, 'nothing to travel any more', patienceMs);
}

async function countStates({ send }: RecordStage): Promise<{ synced: number; waiting: number }> {
  const { kinds } = await send<SyncOverview>('GET', '/api/sync');
  const counts = kinds.find(({ kind }) => kind === 'expenses')?.counts;
  if (!counts) throw new Error('the overview has no expenses');
  return counts;
}

type Measured = { travelling: Load; quiet: readonly Load[]; sent: number };

function toFigure(name: string, { travelling, quiet, sent }: Measured): Figure {
  const speed = quiet.reduce((sum, { requestsPerSecond }) => sum + requestsPerSecond, 0) / quiet.length;
  const slowest = Math.max(...quiet.map(({ p99Ms }) => p99Ms));
  const share = (travelling.requestsPerSecond / speed).toFixed(2);
  return {
    name: `warm view while ${size} expenses travel, ${name}`,
    measured: `${Math.round(travelling.requestsPerSecond)}/s, p99 ${travelling.p99Ms} ms`,
    reference: `${Math.round(speed)}/s, p99 ${slowest} ms while none do: ${share} of it, at least ${leastShare}; ${sent} sent in ${seconds.travelling} s`,
  };
}
