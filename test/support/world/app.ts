import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, parseConfig } from '#server/config.ts';
import type { Deps } from '#server/deps.ts';
import { type Arrival, buildApp } from '#server/http/app.ts';
import { buildLog } from '#server/log.ts';
import { openDeps } from '#server/start/open-deps.ts';
import { xeroControl } from '#test/sandbox/xero/control.ts';
import { startXero, type XeroSandbox } from '#test/sandbox/xero/start.ts';
import { type Admin, buildAdmin } from '../people/admin.ts';
import { openVisit, type Visit, type VisitRequest } from '../people/visit.ts';
import { findFreePort } from '../programs/free-port.ts';
import { newEncryptionKey, newWorkspace, type Workspace, webhookKey } from '../programs/product.ts';
import { buildMovingClock, type MovingClock } from './moving-clock.ts';
import { type AppRoute, parseRoutes } from './routes.ts';

/**
 * The real app on a real port, connected to the sandbox over HTTP. It runs in this process, so that its clock can be
 * moved.
 */
export type TestApp = {
  xero: XeroSandbox;
  origin: string;
  crmOrigin: string;
  workspace: Workspace;
  encryptionKey: string;
  clock: MovingClock;
  deps: Deps;
  control: ReturnType<typeof xeroControl>;
  admin: Admin;
  visit(request: VisitRequest): Promise<Visit>;
  /** Moves the clocks of this app and of the sandbox. */
  advanceSeconds(seconds: number): Promise<void>;
  /** Every route it answers. */
  routes: AppRoute[];
  /** Every line it has logged. */
  logs(): string;
  stop(): Promise<void>;
};

export const crmOrigin = 'http://127.0.0.1:4999';
export const metricsToken = 'metrics-token-of-the-tests';

const frame = '<!doctype html><html><head><meta name="ledgerside-origins" content=""></head><body></body></html>';

export type AppOptions = {
  databaseUrl?: string;
  redisUrl?: string;
  /** Variables that replace the usual ones. */
  env?: Record<string, string>;
  /** How long requests may take to arrive. */
  arrival?: Arrival;
  /** Starts as a second process of this server: the same Xero, workspace, key and clock, but its own address. */
  beside?: TestApp;
};

export async function startApp(options: AppOptions = {}): Promise<TestApp> {
  const { xero, workspace, encryptionKey, clock } = options.beside ?? {
    xero: await startXero(),
    workspace: newWorkspace(),
    encryptionKey: newEncryptionKey(),
    clock: buildMovingClock(),
  };
  const port = await findFreePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'ledgerside-'));
  const place = { ...options, port, dataDir, xero, workspace, encryptionKey };
  const { deps, logs, stop, routes } = await listen(parseConfig(toEnvironment(place)), clock, options.arrival);
  const origin = deps.config.publicUrl;
  const control = countingAfterBackground(xeroControl(xero.origin), deps);
  const visit = (request: VisitRequest) =>
    openVisit({ productUrl: origin, crmOrigin, workspace, now: () => clock.now() }, request);
  return {
    ...{ xero, origin, crmOrigin, workspace, encryptionKey, clock, deps, control, visit, logs, routes },
    admin: buildAdmin({ visit, productUrl: origin, control }),
    advanceSeconds: async (seconds) => {
      await control.clock({ advanceSeconds: seconds });
      clock.advanceSeconds(seconds);
      // Work that is due by then belongs to this step.
      await deps.changes.untilIdle();
    },
    stop: async () => {
      await stop();
      if (!options.beside) await xero.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Waits for background loads before counting calls, so that each call is counted in the step that caused it. */
function countingAfterBackground(
  control: ReturnType<typeof xeroControl>,
  { ledger }: Pick<Deps, 'ledger'>,
): ReturnType<typeof xeroControl> {
  return {
    ...control,
    requests: async () => {
      await ledger.untilIdle();
      return control.requests();
    },
    clearRequests: async () => {
      await ledger.untilIdle();
      await control.clearRequests();
    },
  };
}

type Place = Pick<TestApp, 'xero' | 'workspace' | 'encryptionKey'> & AppOptions & { port: number; dataDir: string };

function toEnvironment(place: Place): Record<string, string | undefined> {
  const { xero, workspace } = place;
  return {
    PORT: String(place.port),
    PUBLIC_URL: `http://localhost:${place.port}`,
    DATA_DIR: place.dataDir,
    DATABASE_URL: place.databaseUrl,
    REDIS_URL: place.redisUrl,
    ENCRYPTION_KEY: place.encryptionKey,
    XERO_CLIENT_ID: xero.clientId,
    XERO_CLIENT_SECRET: xero.clientSecret,
    XERO_LOGIN_URL: xero.origin,
    XERO_IDENTITY_URL: xero.origin,
    XERO_API_URL: xero.origin,
    XERO_APP_URL: xero.origin,
    XERO_TIMEOUT_SECONDS: '1',
    XERO_WEBHOOK_KEY: webhookKey,
    WORKSPACE_ID: workspace.id,
    WORKSPACE_NAME: 'Fieldnote CRM',
    WORKSPACE_SECRET: workspace.secret,
    WORKSPACE_ORIGINS: crmOrigin,
    METRICS_TOKEN: metricsToken,
    LOG_LEVEL: 'debug',
    // Inbound limits have their own test. A test sends requests faster than a person.
    OPENS_PER_MINUTE: '10000000',
    REQUESTS_PER_MINUTE: '10000000',
    ...place.env,
  };
}

async function listen(config: Config, clock: MovingClock, arrival?: Arrival) {
  const lines: string[] = [];
  const log = buildLog({ level: config.logLevel }, { write: (line: string) => lines.push(line) });
  const { deps, close } = await openDeps(config, { clock, log });
  const here = fileURLToPath(new URL('.', import.meta.url));
  const app = await buildApp({
    ...deps,
    ...(arrival && { arrival }),
    built: { frameDocument: frame, embedDirectory: here, assetsDirectory: here },
  });
  await app.listen({ port: config.port, host: 'localhost' });
  const stop = async () => {
    await app.close();
    await close();
  };
  const routes = parseRoutes(app.printRoutes({ commonPrefix: false }));
  return { deps, stop, logs: () => lines.join(''), routes };
}
