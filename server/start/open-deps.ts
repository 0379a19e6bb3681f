import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { openCache } from '#server/cache/open-cache.ts';
import { buildSingleFlight } from '#server/cache/single-flight.ts';
import type { Clock } from '#server/clock.ts';
import type { Config } from '#server/config.ts';
import type { Deps } from '#server/deps.ts';
import { buildAnnouncingStore } from '#server/events/announcing-store.ts';
import { buildNewsBus } from '#server/events/news.ts';
import { buildMetrics, measureLag } from '#server/http/metrics.ts';
import { buildMinuteBudget } from '#server/identity/minute-budget.ts';
import { buildOpenBudget } from '#server/identity/open-budget.ts';
import { buildForgetSessionsJob, buildSessions } from '#server/identity/session.ts';
import { buildWorkspaces } from '#server/identity/workspaces.ts';
import type { Jobs } from '#server/jobs/jobs.ts';
import { readLagSeconds } from '#server/jobs/lag.ts';
import { openJobs } from '#server/jobs/open-jobs.ts';
import { buildSweep } from '#server/jobs/sweep.ts';
import { buildLedgerRoom } from '#server/ledger/build-ledger.ts';
import { buildOutgoing } from '#server/outgoing/outgoing.ts';
import { type Job, startSchedule } from '#server/schedule.ts';
import { buildSealer } from '#server/sealing.ts';
import { openStore } from '#server/store/open-store.ts';
import { buildAuditMovedLink } from '#server/use-cases/audit/audit-moved-link.ts';
import { withReconnectAudit } from '#server/use-cases/connection/audit-reconnect.ts';
import { buildChecksJob } from '#server/use-cases/connection/check-connections.ts';
import { buildResealJob } from '#server/use-cases/connection/reseal.ts';
import { buildStepHandlers } from '#server/use-cases/documents/step-handlers.ts';
import { buildReadersSweep } from '#server/use-cases/sync/bringing/bring-jobs.ts';
import { buildOldChangesJob, buildWebhooksJob } from '#server/use-cases/sync/feed/feed-jobs.ts';
import { buildContactIndexes } from '#server/use-cases/sync/sending/look/contact-index.ts';
import { buildSyncOrganisation } from '#server/use-cases/sync/sending/sync-organisation.ts';
import { buildStepsJob } from '#server/use-cases/writes/steps/repeat-steps.ts';
import { buildXeroGateway } from '#server/xero/build-gateway.ts';

/** Opens everything that the app needs from its configuration. `close` closes it all. */
export async function openDeps(
  config: Config,
  { clock, log }: { clock: Clock; log: FastifyBaseLogger },
): Promise<{ deps: Deps; close: () => Promise<void> }> {
  const onError = (room: string) => (error: unknown) => log.error({ err: error, room }, 'a connection failed');
  const { databaseUrl, dataDir, redisUrl } = config;
  const opened = await openStore({ databaseUrl, dataDir, onError: onError('store') });
  const cache = await openCache({ redisUrl, onError: onError('cache') });
  const news = buildNewsBus(cache, (err) => log.warn({ err }, 'a news listener failed'));
  const store = buildAnnouncingStore(opened, news);
  const sealer = buildSealer(config.encryptionKey, config.previousEncryptionKeys);
  const metrics = buildMetrics();
  const xero = buildXeroGateway({
    config: config.xero,
    clock,
    wait: clock.sleep,
    ...{ onWait: metrics.noteXeroWait, onSetAside: metrics.noteSetAside },
    log,
    store: withReconnectAudit({ store, clock }),
    cache,
    sealer,
  });
  const singleFlight = buildSingleFlight(cache);
  const { ledger, changes } = buildLedgerRoom({
    ...{ cache, xero, clock, singleFlight, store, news, log },
    auditMovedLink: buildAuditMovedLink({ clock }),
  });
  const workspaces = buildWorkspaces({ environment: config.workspace, store, sealer, clock });
  const sessions = buildSessions({ store, workspaces, clock });
  const processId = randomUUID();
  const jobs = await openJobsOf({ config, clock, cache, log, metrics, processId });
  const deps = {
    processId,
    config,
    clock,
    ...{ log, appLog: log },
    metrics,
    ...{ store, cache, singleFlight, xero, sealer, workspaces, sessions },
    openBudget: buildOpenBudget({ clock, inbound: config.inbound }),
    backendBudget: buildMinuteBudget({ clock, most: config.inbound.requestsPerSession }),
    ledger,
    changes,
    news,
    jobs,
    outgoing: buildOutgoing({ allowedHosts: config.outgoingHosts, clock }),
  };
  measureLag(metrics, () => readLagSeconds(deps));
  const stopSchedule = startSchedule(deps, listJobs(deps));
  startSync(deps);
  const close = async () => {
    await Promise.all([stopSchedule(), deps.jobs.stop()]);
    await changes.stop();
    await ledger.stop();
    await cache.close();
    await store.close();
  };
  return { deps, close };
}

/** Sends the CRM's records to Xero and reads what comes from there, in processes that work. */
function startSync(deps: Deps): void {
  deps.jobs.start({
    run: buildSyncOrganisation(deps, buildContactIndexes(deps)),
    intervals: [buildSweep(deps), buildReadersSweep(deps)],
  });
}

type JobsDeps = Pick<Deps, 'config' | 'clock' | 'cache' | 'log' | 'metrics' | 'processId'>;

function openJobsOf({ config: { redisUrl, role }, metrics, ...deps }: JobsDeps): Promise<Jobs> {
  return openJobs({
    ...deps,
    redisUrl,
    isWorker: role !== 'web',
    onError: (err) => deps.log.error({ err, room: 'jobs' }, 'a connection failed'),
    onEnd: metrics.noteJobEnd,
  });
}

/** Background jobs. */
function listJobs(deps: Deps): readonly Job[] {
  return [
    buildSweepJob(deps),
    buildForgetSessionsJob(deps.sessions),
    buildStepsJob(deps, buildStepHandlers),
    buildChecksJob(deps),
    buildResealJob(deps),
    buildWebhooksJob(deps),
    buildOldChangesJob(deps),
  ];
}

const sweepEveryMs = 60 * 1000;
/** The clocks of processes differ a little. */
const usedGraceMs = 60 * 1000;
/** A consent that took too long still needs the address to return to. */
const askedGraceMs = 24 * 3600 * 1000;

/** Removes expired sessions, tickets and used tokens. A session may take 256 KB. */
function buildSweepJob({ store, clock }: Pick<Deps, 'store' | 'clock'>): Job {
  const before = (graceMs: number) => new Date(clock.now().getTime() - graceMs).toISOString();
  return {
    name: 'remove expired rows',
    everyMs: sweepEveryMs,
    work: () => store.removeExpired({ used: before(usedGraceMs), asked: before(askedGraceMs) }),
  };
}
