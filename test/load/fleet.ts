import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '#server/store/open-store.ts';
import type { Store } from '#server/store/store.ts';
import { xeroControl } from '#test/sandbox/xero/control.ts';
import { startXero } from '#test/sandbox/xero/start.ts';
import { type Admin, buildAdmin } from '#test/support/people/admin.ts';
import { openVisit, type Visit, type VisitRequest } from '#test/support/people/visit.ts';
import { findFreePort } from '#test/support/programs/free-port.ts';
import { startPostgres, type TestPostgres } from '#test/support/programs/postgres.ts';
import {
  newEncryptionKey,
  newWorkspace,
  type Product,
  startProduct,
  type Workspace,
} from '#test/support/programs/product.ts';
import { startRedis, type TestRedis } from '#test/support/programs/redis.ts';
import { buildMovingClock } from '#test/support/world/moving-clock.ts';
import { startRoundRobin } from './round-robin.ts';

export const metricsToken = 'metrics-token-of-the-load-run';
const crmOrigin = 'http://127.0.0.1:4999';

/** Several real server processes on one Postgres and one Redis, behind one address, with a shared clock. */
export type Fleet = {
  origin: string;
  workspace: Workspace;
  products: readonly Product[];
  postgres: TestPostgres;
  redis: TestRedis;
  store: Store;
  control: ReturnType<typeof xeroControl>;
  clock: ReturnType<typeof buildMovingClock>;
  admin: Admin;
  visit(request: VisitRequest): Promise<Visit>;
  /** Moves the clocks of Xero, of every process and of the people. */
  advanceSeconds(seconds: number): Promise<void>;
  stop(): Promise<void>;
};

export type FleetOptions = { processes: number; env?: Record<string, string> };

export async function startFleet(options: FleetOptions): Promise<Fleet> {
  const running: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (const end of running.splice(0).reverse()) await end();
  };
  try {
    return { ...(await startParts(options, running)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts({ processes, env = {} }: FleetOptions, running: (() => Promise<unknown>)[]) {
  const [postgres, redis, xero, front] = await Promise.all([
    startPostgres(),
    startRedis(),
    startXero(),
    startRoundRobin(),
  ]);
  running.push(postgres.remove, redis.stop, xero.close, front.close);
  const databaseUrl = await postgres.createDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'ledgerside-fleet-'));
  running.push(() => rm(dataDir, { recursive: true, force: true }));
  const [workspace, encryptionKey] = [newWorkspace(), newEncryptionKey()];
  const place = { xero, hostOrigins: [crmOrigin], workspace, encryptionKey, dataDir, databaseUrl, redisUrl: redis.url };
  const settings = { PUBLIC_URL: front.origin, METRICS_TOKEN: metricsToken, ...manyRequests, ...env };
  const ports: number[] = [];
  const products: Product[] = [];
  for (let index = 0; index < processes; index += 1) {
    const port = await findFreePort();
    const product = await startProduct({ ...place, port, env: settings, hasMovingClock: true });
    running.push(() => product.stop());
    ports.push(port);
    products.push(product);
  }
  front.sendTo(ports);
  const store = await openStore({ databaseUrl, dataDir, onError: () => undefined });
  running.push(() => store.close());
  const clock = buildMovingClock();
  const control = xeroControl(xero.origin);
  const embedding = { productUrl: front.origin, crmOrigin, workspace, now: clock.now };
  const visit = (request: VisitRequest) => openVisit(embedding, request);
  return {
    ...{ origin: front.origin, workspace, products, postgres, redis, store, control, clock, visit },
    admin: buildAdmin({ visit, productUrl: front.origin, control }),
    advanceSeconds: async (seconds: number) => {
      const moves = products.map((product) => product.advanceSeconds(seconds));
      await Promise.all([control.clock({ advanceSeconds: seconds }), ...moves]);
      clock.advanceSeconds(seconds);
    },
  };
}

/** All people share one address, and minutes pass in a second. Outgoing calls are tested here, not inbound limits. */
const manyRequests = { OPENS_PER_MINUTE: '1000000', REQUESTS_PER_MINUTE: '1000000', LOG_LEVEL: 'warn' };
