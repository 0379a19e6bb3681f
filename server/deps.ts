import type { FastifyBaseLogger } from 'fastify';
import type { Cache } from './cache/cache.ts';
import type { SingleFlight } from './cache/single-flight.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { WorkspaceNews } from './events/workspace-news.ts';
import type { ChangeStream } from './ledger/change-stream.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Metrics } from './metrics.ts';
import type { OpenBudget } from './open-budget.ts';
import type { Sealer } from './sealing.ts';
import type { Sessions } from './session.ts';
import type { Store } from './store/store.ts';
import type { Workspaces } from './workspaces.ts';
import type { XeroChanges, XeroReads } from './xero/document-reads.ts';
import type { XeroGateway } from './xero/gateway.ts';
import type { XeroGovernor } from './xero/governor.ts';
import type { XeroTokens } from './xero/tokens.ts';

export type Log = Pick<FastifyBaseLogger, 'debug' | 'info' | 'warn' | 'error'>;

/** Everything the app is a function of. */
export type Deps = {
  /** This process's own name, which its leases carry; another one after every start. */
  processId: string;
  config: Config;
  clock: Clock;
  log: Log;
  /** The same log, as Fastify wants it: child loggers a request. */
  appLog: FastifyBaseLogger;
  metrics: Metrics;
  store: Store;
  cache: Cache;
  singleFlight: SingleFlight;
  xero: XeroGateway & XeroReads & XeroChanges & { tokens: XeroTokens; governor: XeroGovernor };
  sealer: Sealer;
  workspaces: Workspaces;
  sessions: Sessions;
  openBudget: OpenBudget;
  ledger: Ledger;
  changes: ChangeStream;
  news: WorkspaceNews;
};
