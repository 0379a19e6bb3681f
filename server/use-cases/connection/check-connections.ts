import type { Deps } from '#server/deps.ts';
import type { Job } from '#server/schedule.ts';
import { AppError } from '#shared/app-error.ts';

const everyMs = 5 * 60_000;
/**
 * Each connection is checked once in this time. The spread keeps connections made together from being checked together.
 */
const betweenMs = 60 * 60_000;
const spreadMs = 5 * 60_000;
const atOnce = 500;

type CheckDeps = Pick<Deps, 'store' | 'clock' | 'log' | 'xero'>;

/** Checks each connection once an hour, whether or not somebody uses it. */
export function buildChecksJob(deps: CheckDeps): Job {
  return { name: 'check connections', everyMs, work: (signal) => checkConnections(deps, signal) };
}

/**
 * Checks due connections one after the other, with lower priority than people's calls. One of several processes checks
 * each. The result is stored in the row, so settings show a lost connection before anybody opens a record.
 */
async function checkConnections(deps: CheckDeps, signal: AbortSignal): Promise<void> {
  const nowMs = deps.clock.now().getTime();
  const due = {
    now: toInstant(nowMs),
    connectedBefore: toInstant(nowMs - betweenMs),
    // Another process's clock may be slightly ahead.
    latest: toInstant(nowMs + betweenMs + 2 * spreadMs),
  };
  for (const workspaceId of await deps.store.connections.listDueChecks(due, atOnce)) {
    if (signal.aborted) return;
    const connection = await deps.store.connections.find(workspaceId);
    const nextAt = toInstant(nowMs + betweenMs + (2 * Math.random() - 1) * spreadMs);
    const isOurs = await deps.store.connections.claimCheck(workspaceId, due, nextAt);
    if (!isOurs || !connection?.organisationId) continue;
    await check(deps, { workspaceId, organisationId: connection.organisationId }, connection.reason === 'doubted');
  }
}

async function check(
  { xero, log }: CheckDeps,
  connection: { workspaceId: string; organisationId: string },
  isDoubted: boolean,
): Promise<void> {
  try {
    await xero.checkConnection({ ...connection, priority: 'background' }, { isDoubted });
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.info({ ...connection, code: error.code }, 'a connection check found a problem');
  }
}

function toInstant(ms: number): string {
  return new Date(ms).toISOString();
}
