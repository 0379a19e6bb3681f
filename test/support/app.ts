import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { buildApp } from '#server/app.ts';
import { parseConfig } from '#server/config.ts';
import type { Deps } from '#server/deps.ts';
import { openDeps } from '#server/open-deps.ts';
import { xeroControl } from '#test/sandbox/xero/control.ts';
import { startXero } from '#test/sandbox/xero/start.ts';
import { type Admin, buildAdmin } from './admin.ts';
import { findFreePort } from './free-port.ts';
import { buildMovingClock, type MovingClock } from './moving-clock.ts';
import { newEncryptionKey, newWorkspace, type Workspace } from './product.ts';
import { openVisit, type Visit, type VisitRequest } from './visit.ts';

/** The real app on a real port, in this process so that its clock can be moved, against the sandbox over HTTP. */
export type TestApp = {
  origin: string;
  crmOrigin: string;
  workspace: Workspace;
  clock: MovingClock;
  deps: Deps;
  control: ReturnType<typeof xeroControl>;
  admin: Admin;
  visit(request: VisitRequest): Promise<Visit>;
  /** Moves this app's clock and the sandbox's alike. */
  advanceSeconds(seconds: number): Promise<void>;
  /** Every line it has logged. */
  logs(): string;
  stop(): Promise<void>;
};

export const crmOrigin = 'http://127.0.0.1:4999';

const frame = '<!doctype html><html><head><meta name="ledgerside-origins" content=""></head><body></body></html>';

export async function startApp(options: { databaseUrl?: string; redisUrl?: string } = {}): Promise<TestApp> {
  const xero = await startXero();
  const workspace = newWorkspace();
  const port = await findFreePort();
  const origin = `http://localhost:${port}`;
  const dataDir = await mkdtemp(join(tmpdir(), 'ledgerside-'));
  const config = parseConfig({
    PORT: String(port),
    PUBLIC_URL: origin,
    DATA_DIR: dataDir,
    DATABASE_URL: options.databaseUrl,
    REDIS_URL: options.redisUrl,
    ENCRYPTION_KEY: newEncryptionKey(),
    XERO_CLIENT_ID: xero.clientId,
    XERO_CLIENT_SECRET: xero.clientSecret,
    XERO_LOGIN_URL: xero.origin,
    XERO_IDENTITY_URL: xero.origin,
    XERO_API_URL: xero.origin,
    XERO_APP_URL: xero.origin,
    XERO_TIMEOUT_SECONDS: '1',
    WORKSPACE_ID: workspace.id,
    WORKSPACE_NAME: 'Fieldnote CRM',
    WORKSPACE_SECRET: workspace.secret,
    WORKSPACE_ORIGINS: crmOrigin,
    METRICS_TOKEN: 'metrics-token-of-the-tests',
  });
  const clock = buildMovingClock();
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) });
  const { deps, close } = await openDeps(config, { clock, log });
  const here = fileURLToPath(new URL('.', import.meta.url));
  const built = { frameDocument: frame, embedDirectory: here, assetsDirectory: here };
  const app = await buildApp({ ...deps, built });
  await app.listen({ port, host: 'localhost' });
  const control = xeroControl(xero.origin);
  const embedding = { productUrl: origin, crmOrigin, workspace, now: () => clock.now() };
  const visit = (request: VisitRequest) => openVisit(embedding, request);
  return {
    ...{ origin, crmOrigin, workspace, clock, deps, control, visit },
    admin: buildAdmin({ visit, productUrl: origin, control }),
    advanceSeconds: async (seconds) => {
      clock.advanceSeconds(seconds);
      await control.clock({ advanceSeconds: seconds });
    },
    logs: () => lines.join(''),
    stop: async () => {
      await app.close();
      await close();
      await xero.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
