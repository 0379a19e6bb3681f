import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CrmData } from '#test/sandbox/crm/example/crm-data.ts';
import { exampleData } from '#test/sandbox/crm/example/example-data.ts';
import { startCrm } from '#test/sandbox/crm/start.ts';
import { xeroControl } from '#test/sandbox/xero/control.ts';
import { startXero } from '#test/sandbox/xero/start.ts';
import { type Admin, buildAdmin } from '../people/admin.ts';
import { openVisit, type Visit, type VisitRequest } from '../people/visit.ts';
import { findFreePort } from '../programs/free-port.ts';
import { startProcesses } from '../programs/processes.ts';
import {
  newEncryptionKey,
  newWorkspace,
  type Product,
  type ProductOptions,
  startProduct,
} from '../programs/product.ts';
import { buildMovingClock } from './moving-clock.ts';

export type Xero = Awaited<ReturnType<typeof startXero>> & { control: ReturnType<typeof xeroControl> };

/** The sandbox Xero, the example CRM and the real product, each on its own port, communicating over HTTP. */
export type World = {
  xero: Xero;
  crm: Awaited<ReturnType<typeof startCrm>>;
  /** The process that is running now. */
  product(): Product;
  /** Ends the product and starts it again at the same address with the same data. */
  restartProduct(signal?: NodeJS.Signals): Promise<void>;
  /** Moves the clocks of the product (`hasMovingClock`), its second process, the CRM and Xero together. */
  advanceSeconds(seconds: number): Promise<void>;
  /** Suspends the product (SIGSTOP). Its clock catches up when it resumes (SIGCONT). */
  freezeProduct(): void;
  thawProduct(): Promise<void>;
  /** Starts a second process on the same database and Redis, at its own address. */
  startBeside(): Promise<Beside>;
  /** A person's actions without a browser. */
  visit(request: VisitRequest): Promise<Visit>;
  admin: Admin;
  stop(): Promise<void>;
};

export type Beside = { product: Product; visit(request: VisitRequest): Promise<Visit> };

export type WorldOptions = Pick<ProductOptions, 'databaseUrl' | 'redisUrl' | 'env' | 'hasMovingClock'> & {
  seed?: NonNullable<Parameters<typeof startXero>[0]>['seed'];
  /** The CRM's user who is signed in at first; by default the admin. */
  signedIn?: string;
  /** The CRM's data; by default the example. */
  crmData?: CrmData;
  /** The CRM hands its books over by itself this often, and is told of changes by the webhook. */
  crmSyncEveryMs?: number;
  /** What the CRM could not do while the product ran; by default it goes to standard error. */
  crmLog?: (error: unknown) => void;
  /** Origins, besides the CRM's, that may embed the widget. */
  moreOrigins?: readonly string[];
};

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const running: (() => Promise<unknown>)[] = [];
  /** Stops in reverse order, because later parts depend on earlier ones. */
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

async function startParts(
  {
    seed,
    signedIn,
    crmData = exampleData,
    crmSyncEveryMs,
    crmLog = console.error,
    moreOrigins = [],
    ...options
  }: WorldOptions,
  running: (() => Promise<unknown>)[],
) {
  const sandbox = await startXero({ seed, appName: 'Ledgerside' });
  running.push(() => sandbox.close());
  const workspace = newWorkspace();
  const clock = buildMovingClock();
  const port = await findFreePort();
  const productUrl = `http://localhost:${port}`;
  let isUp = false;
  const crm = await startCrm({
    ...{ productUrl, workspace, data: withFirstUser(crmData, signedIn), now: clock.now, syncEveryMs: crmSyncEveryMs },
    // The CRM runs before the product starts and while it restarts. It asks again once the product answers.
    log: (error) => isUp && crmLog(error),
  });
  running.push(() => crm.close());
  const dataDir = await mkdtemp(join(tmpdir(), 'ledgerside-'));
  running.push(() => rm(dataDir, { recursive: true, force: true }));
  const xero = { ...sandbox, control: xeroControl(sandbox.origin) };
  const hostOrigins = [crm.origin, ...moreOrigins];
  const place = { xero, hostOrigins, workspace, dataDir, encryptionKey: newEncryptionKey() };
  // The product sends its webhook to the CRM, which is on this machine.
  const env = crmSyncEveryMs === undefined ? options.env : { OUTGOING_HOSTS: new URL(crm.origin).host, ...options.env };
  const start = (at: number) => startProduct({ ...options, ...place, env, port: at });
  const processes = await startProcesses(start, port);
  isUp = true;
  running.push(() => processes.stop());
  const visitAt = (url: string) => (request: VisitRequest) =>
    openVisit({ productUrl: url, crmOrigin: crm.origin, workspace, now: clock.now }, request);
  const visit = visitAt(productUrl);
  return {
    xero,
    crm,
    product: processes.first,
    restartProduct: async (signal?: NodeJS.Signals) => {
      isUp = false;
      await processes.restart(signal);
      isUp = true;
    },
    freezeProduct: processes.freeze,
    thawProduct: processes.thaw,
    startBeside: async () => {
      const product = await processes.startBeside();
      return { product, visit: visitAt(product.origin) };
    },
    advanceSeconds: async (seconds: number) => {
      await processes.advanceSeconds(seconds);
      clock.advanceSeconds(seconds);
      await xero.control.clock({ advanceSeconds: seconds });
    },
    visit,
    admin: buildAdmin({ visit, productUrl, control: xero.control }),
  };
}

/** Without a choice, the first user is signed in. */
function withFirstUser({ users, ...data }: CrmData, id: string | undefined): CrmData {
  return { ...data, users: [...users].sort((a, b) => Number(b.id === id) - Number(a.id === id)) };
}
