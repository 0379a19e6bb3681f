import type { Store } from '#server/store/store.ts';
import { AppError } from '#shared/app-error.ts';
import type { XeroCaller, XeroConnection } from './gateway.ts';
import { sendHttp } from './http.ts';
import { parseConnections } from './parse-connections.ts';
import { isRetryable, retryPolicies, toBackoffMs } from './retry-policy.ts';
import type { AccessToken, XeroTokens } from './tokens.ts';
import { toAppError } from './translate-errors.ts';
import { isSuccess, type XeroOutcome } from './xero-answer.ts';
import type { Random, Wait, XeroLog } from './xero-config.ts';

/** Which organisations a token may ask, by Xero's own list; the calls count for no organisation's limits. */
export type Connections = {
  list(accessToken: string, authEventId?: string): Promise<XeroConnection[]>;
  remove(accessToken: string, connectionId: string): Promise<boolean>;
};

type Deps = { apiUrl: string; userAgent: string; timeoutMs: number; wait: Wait; random: Random };

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
    async list(accessToken, authEventId) {
      const query = authEventId === undefined ? '' : `?authEventId=${encodeURIComponent(authEventId)}`;
      const outcome = await repeat(deps, () => send('GET', query, accessToken));
      if (outcome.kind === 'answer' && isSuccess(outcome.answer)) return parseConnections(outcome.answer);
      throw toAppError(outcome);
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

async function repeat(deps: Deps, send: () => Promise<XeroOutcome>): Promise<XeroOutcome> {
  const policy = retryPolicies.person;
  let outcome = await send();
  for (let attempt = 2; attempt <= policy.attempts && isRetryable(policy, outcome); attempt += 1) {
    await deps.wait(toBackoffMs(policy, attempt, deps.random));
    outcome = await send();
  }
  return outcome;
}

export type ToConnectionError = (caller: XeroCaller, used: AccessToken, refusal: AppError) => Promise<AppError>;

/**
 * Xero refused a token, or this call of it. Its own list of connections tells which: when the organisation is gone or
 * the token is refused there too, a person has to connect again; when neither can be told, the connection stays.
 */
export function buildToConnectionError(deps: {
  connections: Connections;
  store: Pick<Store, 'connections'>;
  tokens: XeroTokens;
  log: XeroLog;
}): ToConnectionError {
  return async ({ workspaceId, organisationId }, used, refusal) => {
    const reason = await findLoss(deps.connections, used.token, organisationId);
    if (!reason) return refusal;
    const isMarked = await deps.store.connections.markReconnectNeeded(workspaceId, used.version, reason);
    if (isMarked) deps.log.error({ workspaceId, organisationId, reason }, 'Xero needs to be connected again');
    // Not marked: a person connected meanwhile, or another call was first. The row says which.
    return isMarked ? new AppError('reconnect_needed') : findReconnectNeeded(deps.tokens, workspaceId, refusal);
  };
}

async function findLoss(connections: Connections, token: string, organisationId: string): Promise<string | undefined> {
  try {
    const known = await connections.list(token);
    const isThere = known.some(({ tenantId }) => tenantId.toLowerCase() === organisationId.toLowerCase());
    return isThere ? undefined : 'disconnected_in_xero';
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
