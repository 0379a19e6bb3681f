import type { Clock } from '#server/clock.ts';
import type { Store } from '#server/store/store.ts';
import type { NoteSetAside } from '#server/xero/answers/read-rows.ts';
import { explainRefusal, isConsentTooSmall, toReconnectNeeded } from '#server/xero/answers/reconnect.ts';
import { isInsufficientScope, toAppError } from '#server/xero/answers/translate-errors.ts';
import { isSuccess, type XeroOutcome } from '#server/xero/answers/xero-answer.ts';
import { sendHttp } from '#server/xero/calling/http.ts';
import { isRetryable, type RetryPolicy, retryPolicies, toBackoffMs } from '#server/xero/calling/retry-policy.ts';
import type { Random, Wait, XeroConfig, XeroLog } from '#server/xero/calling/xero-config.ts';
import type { XeroCaller, XeroConnection } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import type { ReconnectReason } from '#shared/contract/settings.ts';
import { parseConnections } from './parse-connections.ts';
import type { AccessToken, XeroTokens } from './tokens.ts';

/** `authEventId` limits the list to one consent. The default priority is that of a waiting person. */
export type ListOptions = { authEventId?: string; priority?: XeroCaller['priority'] };

/**
 * Which organisations a token may access, by Xero's own list. These calls do not count towards an organisation's
 * limits.
 */
export type Connections = {
  /** `isWhole`: every row could be parsed, so a connection missing from the list does not exist. */
  list(accessToken: string, how?: ListOptions): Promise<{ connections: XeroConnection[]; isWhole: boolean }>;
  remove(accessToken: string, connectionId: string): Promise<boolean>;
};

type Deps = {
  apiUrl: string;
  userAgent: string;
  timeoutMs: number;
  wait: Wait;
  random: Random;
  noteSetAside: NoteSetAside;
};

export function buildConnections(deps: Deps): Connections {
  const send = (method: 'GET' | 'DELETE', path: string, accessToken: string) => {
    const headers = {
      authorization: `Bearer ${accessToken}`,
      accept: 'application/json',
      'user-agent': deps.userAgent,
    };
    return sendHttp({ method, url: `${deps.apiUrl}/connections${path}`, headers }, deps.timeoutMs);
  };
  return {
    async list(accessToken, { authEventId, priority = 'person' } = {}) {
      const query = authEventId === undefined ? '' : `?authEventId=${encodeURIComponent(authEventId)}`;
      const outcome = await askWithRetries(deps, retryPolicies[priority], () => send('GET', query, accessToken));
      if (outcome.kind !== 'answer' || !isSuccess(outcome.answer)) throw toAppError(outcome);
      const { connections, faults } = parseConnections(outcome.answer);
      deps.noteSetAside('connections', faults);
      return { connections, isWhole: faults.length === 0 };
    },
    async remove(accessToken, connectionId) {
      const outcome = await send('DELETE', `/${encodeURIComponent(connectionId)}`, accessToken);
      if (outcome.kind === 'answer' && (isSuccess(outcome.answer) || outcome.answer.status === 404)) return true;
      const error = toAppError(outcome);
      if (error.code === 'xero_rejected') return false;
      throw error;
    },
  };
}

async function askWithRetries(deps: Deps, policy: RetryPolicy, send: () => Promise<XeroOutcome>): Promise<XeroOutcome> {
  let outcome = await send();
  for (let attempt = 2; attempt <= policy.attempts && isRetryable(policy, outcome); attempt += 1) {
    await deps.wait(toBackoffMs(policy, attempt, deps.random));
    outcome = await send();
  }
  return outcome;
}

export type Refused = { caller: XeroCaller; used: AccessToken; error: AppError; outcome: XeroOutcome };
export type ToConnectionError = (refused: Refused) => Promise<AppError>;

type CheckDeps = {
  config: Pick<XeroConfig, 'scopes'>;
  clock: Pick<Clock, 'now'>;
  connections: Connections;
  store: Pick<Store, 'connections'>;
  tokens: XeroTokens;
  log: XeroLog;
};

/** After an unexplained refusal, check again after this time, because Xero sometimes answers 401 and 403 by mistake. */
const doubtMs = 5 * 60_000;

/**
 * Xero refused a token, or this call with it. Xero's list of connections tells which. If the organisation is missing or
 * the token is refused there too, a person must connect again. If neither is certain, the connection stays, marked as
 * doubted. `isSure`: it was doubted before, so Xero's own reason for the refusal is believed. Sync needs scopes that
 * nothing else needs: when one is missing, only sync stops.
 */
export function buildToConnectionError(deps: CheckDeps, { isSure }: { isSure: boolean }): ToConnectionError {
  return async ({ caller, used, error, outcome }) => {
    if (caller.priority === 'sync' && isInsufficientScope(outcome)) return toScopeMissing(error);
    if (isConsentTooSmall(outcome, deps.config.scopes)) return markLost(deps, { caller, used, error }, 'scope_missing');
    try {
      const loss = await findLoss(deps, caller, used);
      // A token that expired meanwhile says nothing about the connection.
      const isOfThisToken = loss.used.version === used.version;
      const reason = loss.reason ?? (isSure && isOfThisToken ? explainRefusal(outcome) : undefined);
      if (reason) return await markLost(deps, { caller, used: loss.used, error }, reason);
    } catch (failure) {
      // Xero gives no newer token, now or ever, so the cause is unknown.
      if (!(failure instanceof AppError)) throw failure;
      return failure.code === 'reconnect_needed' ? failure : error;
    }
    const checkAt = new Date(deps.clock.now().getTime() + doubtMs).toISOString();
    await deps.store.connections.doubt(caller.workspaceId, checkAt);
    return error;
  };
}

function toScopeMissing(cause: AppError): AppError {
  return new AppError('xero_forbidden', { cause, extension: { reason: 'scope_missing' } });
}

/**
 * The row was not marked, because a person connected meanwhile or another call marked it first. Read the row to tell
 * which.
 */
async function markLost(deps: CheckDeps, { caller, used, error }: Omit<Refused, 'outcome'>, reason: ReconnectReason) {
  const { workspaceId, organisationId } = caller;
  const isMarked = await deps.store.connections.markReconnectNeeded(workspaceId, used.version, reason);
  if (!isMarked) return findReconnectNeeded(deps.tokens, workspaceId, error);
  deps.log.error({ workspaceId, organisationId, reason }, 'Xero needs to be connected again');
  return toReconnectNeeded(reason);
}

/**
 * Asks Xero whether an unused connection still works. A doubted one is also tested with one call to the organisation
 * through `ask`. Rejects with reconnect_needed, or with the reason why it could not be checked.
 */
export function buildCheckConnection(deps: CheckDeps, ask: (caller: XeroCaller) => Promise<unknown>) {
  return async (caller: XeroCaller, { isDoubted }: { isDoubted: boolean }): Promise<void> => {
    const token = await deps.tokens.getAccessToken(caller.workspaceId);
    const { used, reason } = await findLoss(deps, caller, token);
    if (reason) throw await markLost(deps, { caller, used, error: new AppError('xero_unauthorized') }, reason);
    if (isDoubted) await ask(caller);
  };
}

type Loss = { used: AccessToken; reason: ReconnectReason | undefined };

/**
 * Whether Xero's list still has the organisation. A refused token may just have expired, so the connection is lost only
 * if a newer token is refused as well, and has not expired either: the machine may have been suspended in between.
 */
async function findLoss(deps: CheckDeps, caller: XeroCaller, used: AccessToken): Promise<Loss> {
  const reason = await askList(deps.connections, used.token, caller);
  if (reason !== 'token_refused') return { used, reason };
  const newer = await deps.tokens.refreshNow(caller.workspaceId, used.version);
  const second = await askList(deps.connections, newer.token, caller);
  if (second !== 'token_refused') return { used: newer, reason: second };
  const current = await deps.tokens.getAccessToken(caller.workspaceId);
  return current.version === newer.version ? { used: newer, reason: second } : findLoss(deps, caller, current);
}

async function askList(
  connections: Connections,
  token: string,
  { organisationId, priority }: XeroCaller,
): Promise<ReconnectReason | undefined> {
  try {
    const known = await connections.list(token, { priority });
    const isThere = known.connections.some(({ tenantId }) => tenantId.toLowerCase() === organisationId.toLowerCase());
    // A row that could not be parsed may be this connection.
    return isThere || !known.isWhole ? undefined : 'disconnected_in_xero';
  } catch (error) {
    return error instanceof AppError && error.code === 'xero_unauthorized' ? 'token_refused' : undefined;
  }
}

async function findReconnectNeeded(tokens: XeroTokens, workspaceId: string, refusal: AppError): Promise<AppError> {
  try {
    await tokens.getAccessToken(workspaceId);
    return refusal;
  } catch (error) {
    return error instanceof AppError ? error : refusal;
  }
}
