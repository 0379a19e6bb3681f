import type { FastifyBaseLogger } from 'fastify';
import type { Cache } from '#server/cache/cache.ts';
import type { SingleFlight } from '#server/cache/single-flight.ts';
import type { NewsBus } from '#server/events/news.ts';
import type { Metrics } from '#server/http/metrics.ts';
import type { MinuteBudget } from '#server/identity/minute-budget.ts';
import type { OpenBudget } from '#server/identity/open-budget.ts';
import type { Sessions } from '#server/identity/session.ts';
import type { Workspaces } from '#server/identity/workspaces.ts';
import type { Jobs } from '#server/jobs/jobs.ts';
import type { Ledger } from '#server/ledger/ledger.ts';
import type { ChangeStream } from '#server/ledger/stream/change-stream.ts';
import type { Outgoing } from '#server/outgoing/outgoing.ts';
import type { Store } from '#server/store/store.ts';
import type { XeroTokens } from '#server/xero/access/tokens.ts';
import type { XeroBills } from '#server/xero/arrivals/bills.ts';
import type { XeroGovernor } from '#server/xero/calling/governor.ts';
import type { XeroChanges, XeroReads } from '#server/xero/documents/lists/document-reads.ts';
import type { XeroGateway } from '#server/xero/gateway.ts';
import type { XeroRecords } from '#server/xero/records/records.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Sealer } from './sealing.ts';

export type Log = Pick<FastifyBaseLogger, 'debug' | 'info' | 'warn' | 'error'>;

/** Everything that the app depends on. */
export type Deps = {
  /** A name for this process, which its leases carry. Every start makes a new one. */
  processId: string;
  config: Config;
  clock: Clock;
  log: Log;
  /** The same log in the form that Fastify needs: one child logger per request. */
  appLog: FastifyBaseLogger;
  metrics: Metrics;
  store: Store;
  cache: Cache;
  singleFlight: SingleFlight;
  xero: XeroGateway &
    XeroReads &
    XeroChanges &
    XeroRecords &
    XeroBills & { tokens: XeroTokens; governor: XeroGovernor };
  sealer: Sealer;
  workspaces: Workspaces;
  sessions: Sessions;
  openBudget: OpenBudget;
  /** Requests of a CRM's backend. */
  backendBudget: MinuteBudget;
  ledger: Ledger;
  changes: ChangeStream;
  news: NewsBus;
  /** Wakes the sync of records. */
  jobs: Jobs;
  /** Asks addresses that workspaces name. */
  outgoing: Outgoing;
};
