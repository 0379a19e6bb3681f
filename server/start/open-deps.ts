import { randomUUID } from 'node:crypto';
import type { FastifyBaseLogger } from 'fastify';
import { openCache } from '#server/cache/open-cache.ts';
import { buildSingleFlight } from '#server/cache/single-flight.ts';
import type { Clock } from '#server/clock.ts';
import type { Config } from '#server/config.ts';
import type { Deps } from '#server/deps.ts';
import { buildAnnouncingStore } from '#server/events/announcing-store.ts';
import { buildNewsBus } from '#server/events/news.ts';
import { buildMetrics } from '#server/http/metrics.ts';
import { buildOpenBudget } from '#server/identity/open-budget.ts';
import { buildSessions } from '#server/identity/session.ts';
import { buildWorkspaces } from '#server/identity/workspaces.ts';
import { buildLedgerRoom } from '#server/ledger/build-ledger.ts';
import { repeat } from '#server/repeat.ts';
import { buildSealer } from '#server/sealing.ts';
import { openStore } from '#server/store/open-store.ts';
import { buildAuditMovedLink } from '#server/use-cases/audit/audit-moved-link.ts';
import { withReconnectAudit } from '#server/use-cases/connection/audit-reconnect.ts';
import { repeatLooks } from '#server/use-cases/connection/look-at-connections.ts';
import { repeatReseal } from '#server/use-cases/connection/reseal.ts';
import { buildStepHandlers } from '#server/use-cases/documents/step-handlers.ts';
import { repeatSteps } from '#server/use-cases/writes/repeat-steps.ts';
import { buildXeroGateway } from '#server/xero/build-gateway.ts';

/** Opens everything the app needs from its configuration; `close` gives it all back. */
export async function openDeps(
  config: Config,
  { clock, log }: { clock: Clock; log: FastifyBaseLogger },
): Promise<{ deps: Deps; close: () => Promise<void> }> {
  const onError = (room: string) => (error: unknown) => log.error({ err: error, room }, 'a connection failed');
  const { databaseUrl, dataDir, redisUrl } = config;
  const opened = await openStore({ databaseUrl, dataDir, onError: onError('store') });
  const cache = await openCache({ redisUrl, onError: onError('cache') });
  const news = buildNewsBus(cache, (err) => log.warn({ err }, 'a listener to news failed'));
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
  const deps = {
    processId: randomUUID(),
    config,
    clock,
    log,
    appLog: log,
    metrics,
    store,
    cache,
    singleFlight,
    xero,
    sealer,
    workspaces,
    sessions,
    openBudget: buildOpenBudget({ clock, inbound: config.inbound }),
    ledger,
    changes,
    news,
  };
  const stopWork = startWork(deps);
  const close = async () => {
    await stopWork();
    await sessions.stop();
    await changes.stop();
    await ledger.stop();
    await cache.close();
    await store.close();
  };
  return { deps, close };
}

/** What goes on by itself, whoever asks for something or not. Answers how to stop. */
function startWork(deps: Deps): () => Promise<void> {
  const stops = [sweepExpired(deps), repeatSteps(deps, buildStepHandlers), repeatLooks(deps), repeatReseal(deps)];
  return async () => {
    for (const stop of stops) await stop();
  };
}

const sweepEveryMs = 60 * 1000;
/** Clocks of processes differ. */
const usedGraceMs = 60 * 1000;
/** A consent that took too long still says where to return to. */
const askedGraceMs = 24 * 3600 * 1000;

/** Sessions, tickets and used tokens that have ended are removed: a session may hold 256 KB. */
function sweepExpired({ store, clock, log }: Pick<Deps, 'store' | 'clock' | 'log'>): () => Promise<void> {
  const before = (graceMs: number) => new Date(clock.now().getTime() - graceMs).toISOString();
  return repeat({
    clock,
    everyMs: sweepEveryMs,
    work: () => store.removeExpired({ used: before(usedGraceMs), asked: before(askedGraceMs) }),
    onError: (error) => log.warn({ err: error }, 'expired rows could not be removed'),
  });
}
