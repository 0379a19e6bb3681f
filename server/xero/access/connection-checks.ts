import type { Clock } from '#server/clock.ts';
import type { Store } from '#server/store/store.ts';
import type { NoteSetAside } from '#server/xero/answers/read-rows.ts';
import { explainRefusal, isConsentTooSmall, toReconnectNeeded } from '#server/xero/answers/reconnect.ts';
import { toAppError } from '#server/xero/answers/translate-errors.ts';
import { isSuccess, type XeroOutcome } from '#server/xero/answers/xero-answer.ts';
import { sendHttp } from '#server/xero/calling/http.ts';
import { isRetryable, type RetryPolicy, retryPolicies, toBackoffMs } from '#server/xero/calling/retry-policy.ts';
import type { Random, Wait, XeroConfig, XeroLog } from '#server/xero/calling/xero-config.ts';
import type { XeroCaller, XeroConnection } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import type { ReconnectReason } from '#shared/contract/settings.ts';
import { parseConnections } from './parse-connections.ts';
import type { AccessToken, XeroTokens } from './tokens.ts';

/** `authEventId`: of one consent only. A person waits unless told. */
export type ListOptions = { authEventId?: string; priority?: XeroCaller['priority'] };

/** Which organisations a token may ask, by Xero's own list; the calls count for no organisation's limits. */
export type Connections = {
  /** `isWhole`: every row of the list could be read, so that one that is missing is not there. */
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
      const outcome = await repeat(deps, retryPolicies[priority], () => send('GET', query, accessToken));
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

async function repeat(deps: Deps, policy: RetryPolicy, send: () => Promise<XeroOutcome>): Promise<XeroOutcome> {
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

/** A refusal that nobody can explain is looked at again after this long: Xero hiccups with 401 and 403 too. */
const doubtMs = 5 * 60_000;

/**
 * Xero refused a token, or this call of it. Its own list of connections tells which: when the organisation is gone or
 * the token is refused there too, a person has to connect again; when neither can be told, the connection stays, in
 * doubt. `isSure`: the doubt was there before, and what Xero says of its refusal counts.
 */
export function buildToConnectionError(deps: CheckDeps, { isSure }: { isSure: boolean }): ToConnectionError {
  return async ({ caller, used, error, outcome }) => {
    if (isConsentTooSmall(outcome, deps.config.scopes)) return markLost(deps, { caller, used, error }, 'scope_missing');
    try {
      const loss = await findLoss(deps, caller, used);
      const reason = loss.reason ?? (isSure ? explainRefusal(outcome) : undefined);
      if (reason) return await markLost(deps, { caller, used: loss.used, error }, reason);
    } catch (failure) {
      // Nobody can tell, as Xero gives no newer token just now; or there is none to be had any more.
      if (!(failure instanceof AppError)) throw failure;
      return failure.code === 'reconnect_needed' ? failure : error;
    }
    const lookAt = new Date(deps.clock.now().getTime() + doubtMs).toISOString();
    await deps.store.connections.doubt(caller.workspaceId, lookAt);
    return error;
  };
}

/** Not marked: a person connected meanwhile, or another call was first. The row says which. */
async function markLost(deps: CheckDeps, { caller, used, error }: Omit<Refused, 'outcome'>, reason: ReconnectReason) {
  const { workspaceId, organisationId } = caller;
  const isMarked = await deps.store.connections.markReconnectNeeded(workspaceId, used.version, reason);
  if (!isMarked) return findReconnectNeeded(deps.tokens, workspaceId, error);
  deps.log.error({ workspaceId, organisationId, reason }, 'Xero needs to be connected again');
  return toReconnectNeeded(reason);
}

/**
 * Asks Xero whether a connection still stands, though nobody uses it; in doubt, `ask` puts one question to the
 * organisation too. Rejects with reconnect_needed, or with why it could not be told.
 */
export function buildLook(deps: CheckDeps, ask: (caller: XeroCaller) => Promise<unknown>) {
  return async (caller: XeroCaller, { isDoubted }: { isDoubted: boolean }): Promise<void> => {
    const token = await deps.tokens.getAccessToken(caller.workspaceId);
    const { used, reason } = await findLoss(deps, caller, token);
    if (reason) throw await markLost(deps, { caller, used, error: new AppError('xero_unauthorized') }, reason);
    if (isDoubted) await ask(caller);
  };
}

type Loss = { used: AccessToken; reason: ReconnectReason | undefined };

/**
 * Whether Xero's list still has the organisation. A token that is refused there may have ended just now: only a newer
 * one that is refused as well speaks of the connection.
 */
async function findLoss(deps: CheckDeps, caller: XeroCaller, used: AccessToken): Promise<Loss> {
  const reason = await askList(deps.connections, used.token, caller);
  if (reason !== 'token_refused') return { used, reason };
  const newer = await deps.tokens.refreshNow(caller.workspaceId, used.version);
  return { used: newer, reason: await askList(deps.connections, newer.token, caller) };
}

async function askList(
  connections: Connections,
  token: string,
  { organisationId, priority }: XeroCaller,
): Promise<ReconnectReason | undefined> {
  try {
    const known = await connections.list(token, { priority });
    const isThere = known.connections.some(({ tenantId }) => tenantId.toLowerCase() === organisationId.toLowerCase());
    // A row that could not be read may be this one.
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
