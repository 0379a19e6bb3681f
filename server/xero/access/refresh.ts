import { randomUUID } from 'node:crypto';
import type { ConnectionRow } from '#server/store/store.ts';
import { toReconnectNeeded } from '#server/xero/answers/reconnect.ts';
import { AppError } from '#shared/app-error.ts';
import { requestRefresh } from './request-refresh.ts';
import type { TokenSet } from './token-set.ts';
import type { AccessToken, TokenDeps } from './tokens.ts';

type Stored = { row: ConnectionRow; tokenSet: TokenSet };
type Vault = { read(workspaceId: string): Promise<Stored>; seal(workspaceId: string, tokenSet: TokenSet): string };

/** `isForced`: Xero refused the current access token, so it cannot be used as a fallback when the refresh fails. */
type Refresh = (workspaceId: string, usedVersion: number, how: { isForced: boolean }) => Promise<AccessToken>;

/**
 * Longer than both attempts at Xero's token endpoint. A process that dies with the lease blocks the others no longer
 * than this.
 */
const leaseMs = 30_000;
/** How often to check whether another process has finished. */
const pollMs = 150;
const polls = 60;

/**
 * Runs the refresh once across all processes. Within this process, callers share one promise; between processes, the
 * lease columns of the connection row decide. No database transaction is open during the request to Xero.
 */
export function buildRefresh(deps: TokenDeps, vault: Vault): Refresh {
  const flights = new Map<string, Promise<AccessToken>>();
  return (workspaceId, usedVersion, how) => {
    const key = `${workspaceId} ${usedVersion} ${how.isForced}`;
    const flight = flights.get(key) ?? refreshOnce(deps, vault, { workspaceId, usedVersion, ...how });
    flights.set(key, flight);
    const forget = () => {
      if (flights.get(key) === flight) flights.delete(key);
    };
    flight.then(forget, forget);
    return flight;
  };
}

type Task = { workspaceId: string; usedVersion: number; isForced: boolean };

async function refreshOnce(deps: TokenDeps, vault: Vault, task: Task): Promise<AccessToken> {
  const owner = randomUUID();
  for (let poll = 0; poll < polls; poll += 1) {
    const stored = await vault.read(task.workspaceId);
    if (stored.row.version !== task.usedVersion) return toAccessToken(stored);
    if (await takeLease(deps, task, owner)) return refreshUnderLease(deps, vault, stored, { ...task, owner });
    // Another process is refreshing. A token that is still valid can be used meanwhile.
    if (isUsable(deps, stored.tokenSet, task)) return toAccessToken(stored);
    await deps.wait(pollMs / 2 + (pollMs / 2) * deps.random());
  }
  throw new AppError('xero_unavailable', { retryAfterSeconds: leaseMs / 1000 });
}

function takeLease({ store, clock }: TokenDeps, { workspaceId, usedVersion }: Task, owner: string): Promise<boolean> {
  const now = clock.now();
  const until = new Date(now.getTime() + leaseMs).toISOString();
  return store.connections.takeLease(workspaceId, usedVersion, owner, now.toISOString(), until);
}

async function refreshUnderLease(
  deps: TokenDeps,
  vault: Vault,
  stored: Stored,
  task: Task & { owner: string },
): Promise<AccessToken> {
  try {
    const outcome = await requestRefresh(deps, stored.tokenSet);
    if (outcome.kind === 'refreshed') return await save(deps, vault, task, outcome.tokenSet);
    if (outcome.kind === 'refused') return await confirmRefusal(deps, vault, stored, task);
    deps.log.warn({ workspaceId: task.workspaceId, code: outcome.error.code }, 'Xero did not return new tokens');
    if (isUsable(deps, stored.tokenSet, task)) return toAccessToken(stored);
    throw outcome.error;
  } finally {
    await deps.store.connections.releaseLease(task.workspaceId, task.owner);
  }
}

/** If the row changed meanwhile, a person connected or disconnected, and the new row counts. */
async function save(deps: TokenDeps, vault: Vault, task: Task, tokenSet: TokenSet): Promise<AccessToken> {
  const sealedTokens = vault.seal(task.workspaceId, tokenSet);
  const tokens = { sealedTokens, accessExpiresAt: tokenSet.expiresAt };
  await deps.store.connections.saveTokens(task.workspaceId, task.usedVersion, tokens);
  return toAccessToken(await vault.read(task.workspaceId));
}

/**
 * Xero answered invalid_grant. Another process may have refreshed first. A second refusal means that these tokens are
 * lost.
 */
async function confirmRefusal(deps: TokenDeps, vault: Vault, stored: Stored, task: Task): Promise<AccessToken> {
  const now = await vault.read(task.workspaceId);
  if (now.row.version !== task.usedVersion) return toAccessToken(now);
  const second = await requestRefresh(deps, stored.tokenSet);
  if (second.kind === 'refreshed') return save(deps, vault, task, second.tokenSet);
  if (second.kind === 'failed') throw second.error;
  deps.log.error({ workspaceId: task.workspaceId }, 'Xero refused the refresh token twice: reconnect needed');
  await deps.store.connections.markReconnectNeeded(task.workspaceId, task.usedVersion, 'token_refused');
  throw toReconnectNeeded('token_refused');
}

function isUsable({ clock }: TokenDeps, tokenSet: TokenSet, { isForced }: Task): boolean {
  return !isForced && Date.parse(tokenSet.expiresAt) > clock.now().getTime();
}

function toAccessToken({ row, tokenSet }: Stored): AccessToken {
  return { token: tokenSet.accessToken, version: row.version };
}
