import type { Deps, Log } from '#server/deps.ts';
import { appendAudit } from '#server/use-cases/audit/audit.ts';
import { hasRecords, tellOrganisations } from '#server/use-cases/sync/feed/tell-organisations.ts';
import { changeOrganisation, decideAhead } from '#server/use-cases/sync/records/decide-all.ts';
import { toOrganisationName } from '#server/use-cases/sync/records/record-answer.ts';
import type { TokenSet } from '#server/xero/access/token-set.ts';
import type { XeroConnection } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import type { ConnectReason } from '#shared/contract/settings.ts';
import type { Asked } from './connect-xero.ts';

export type ConnectEnd = { outcome: 'connected' } | { outcome: 'denied' | 'failed'; reason: ConnectReason };

/**
 * Runs after the consent. Exactly one organisation must have been chosen, and not a different one from the workspace's
 * current one. Then the tokens are stored encrypted. Connections that cannot be used are removed at Xero.
 */
export async function finishConnect(
  deps: Deps,
  asked: Asked,
  tokens: TokenSet,
  request: { requestId: string; log: Log },
): Promise<ConnectEnd> {
  const granted = await deps.xero.listConnections(tokens.accessToken, {
    ...(tokens.authEventId !== null && { authEventId: tokens.authEventId }),
  });
  const [chosen] = granted;
  if (!chosen) return { outcome: 'failed', reason: 'no_organisation' };
  const reason = granted.length > 1 ? 'several_organisations' : await findRefusal(deps, asked, chosen);
  if (reason) {
    await giveBack(deps, granted, tokens, request.log);
    return { outcome: 'failed', reason };
  }
  if (!(await storeConnection(deps, asked, { tokens, chosen, requestId: request.requestId }))) {
    await giveBack(deps, granted, tokens, request.log);
    return { outcome: 'failed', reason: 'state_invalid' };
  }
  await learnOrganisation(deps, asked.workspaceId, chosen.tenantId, request.log);
  return { outcome: 'connected' };
}

/** Settings show the last attempt, the audit every attempt. */
export async function recordEnd(deps: Deps, asked: Asked, end: ConnectEnd, requestId: string): Promise<void> {
  const reason = end.outcome === 'connected' ? null : end.reason;
  const at = deps.clock.now().toISOString();
  const { workspaceId, userId, userName } = asked;
  const user = { id: userId, name: userName };
  const act = { workspaceId, organisationId: null, user, requestId, action: 'connect' as const };
  await deps.store.together(async (store) => {
    await store.connections.recordAttempt(workspaceId, { outcome: end.outcome, reason, at });
    if (reason !== null) await appendAudit({ ...deps, store }, { ...act, outcome: reason });
  });
}

/** Links belong to an organisation, so changing it is a separate decision: disconnect first. */
async function findRefusal(deps: Deps, asked: Asked, chosen: XeroConnection): Promise<ConnectReason | null> {
  const current = await deps.store.connections.find(asked.workspaceId);
  const isOther = current?.organisationId != null && current.organisationId !== chosen.tenantId;
  return isOther && current.status !== 'disconnected' ? 'other_organisation' : null;
}

type Granted = { tokens: TokenSet; chosen: XeroConnection; requestId: string };

/** False when the workspace was removed meanwhile, even at the last moment: nobody could remove its tokens later. */
async function storeConnection(deps: Deps, asked: Asked, { tokens, chosen, requestId }: Granted): Promise<boolean> {
  const place = { workspaceId: asked.workspaceId, organisationId: chosen.tenantId };
  const connection = {
    ...place,
    organisation: null,
    xeroConnectionId: chosen.id,
    sealedTokens: deps.xero.tokens.sealTokenSet(asked.workspaceId, tokens),
    accessExpiresAt: tokens.expiresAt,
    connectedAt: deps.clock.now().toISOString(),
    connectedBy: asked.userName,
  };
  const user = { id: asked.userId, name: asked.userName };
  const isBack = await hasRecords(deps.store, place);
  await decideAhead(deps, place);
  const isStored = await deps.store.together(async (store) => {
    if (!(await deps.workspaces.hold(store, asked.workspaceId))) return false;
    await store.records.hold(asked.workspaceId);
    const before = toOrganisationName(await store.connections.find(asked.workspaceId));
    await store.connections.connect(connection);
    await changeOrganisation({ store, clock: deps.clock }, place);
    const after = { id: chosen.tenantId, name: chosen.tenantName ?? '' };
    await tellOrganisations({ store, clock: deps.clock }, asked.workspaceId, { before, after, isBack });
    await appendAudit({ ...deps, store }, { ...place, user, requestId, action: 'connect', outcome: 'connected' });
    return true;
  });
  if (isStored) await wakeRecords(deps, place);
  return isStored;
}

/** Records that waited for the connection go now. Should this fail, they are tried again later all the same. */
async function wakeRecords(deps: Deps, place: { workspaceId: string; organisationId: string }): Promise<void> {
  const at = deps.clock.now().toISOString();
  await deps.store.records.wake(place, ['connection'], at).catch((error: unknown) => {
    deps.log.warn({ err: error }, 'records that waited for the connection could not be woken');
  });
  deps.jobs.wake(place);
}

/** Name, currency and time zone are needed at once. If Xero fails now, the first view reads them. */
async function learnOrganisation(deps: Deps, workspaceId: string, organisationId: string, log: Log): Promise<void> {
  try {
    const organisation = await deps.xero.getOrganisation({ workspaceId, organisationId, priority: 'person' });
    await deps.store.connections.saveOrganisation(workspaceId, organisationId, JSON.stringify(organisation));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    log.warn({ code: error.code }, 'the organisation could not be read after connecting');
  }
}

/** Removes connections at Xero that no workspace uses, so that nobody pays for them or trusts them. */
async function giveBack(deps: Deps, granted: readonly XeroConnection[], tokens: TokenSet, log: Log): Promise<void> {
  for (const { id, tenantId } of granted) {
    const users = await deps.store.connections.listByOrganisation(tenantId);
    if (users.some(({ status }) => status === 'running')) continue;
    try {
      await deps.xero.deleteConnection(tokens.accessToken, id);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      log.warn({ code: error.code }, 'an unused connection could not be removed at Xero');
    }
  }
}
