import type { Deps } from '#server/deps.ts';
import type { OutgoingFault } from '#server/outgoing/outgoing.ts';
import type { Repositories } from '#server/store/store.ts';
import type { WebhookRow } from '#server/store/tables/sync/webhook-store.ts';
import { AppError } from '#shared/app-error.ts';
import type { SyncWebhook, SyncWebhookChange } from '#shared/contract/sync/webhook.ts';
import { type DeliverDeps, pingWebhook } from '../feed/deliver-webhook.ts';
import { makeSecret, webhookContext } from '../feed/webhook-secret.ts';
import { requestWords } from '../words/request-words.ts';
import { auditSettings } from './audit-settings.ts';
import { findSyncPlace, type SettingsCaller } from './find-sync-place.ts';

/** How long the old secret signs too. */
const oldSecretMs = 24 * 3600 * 1000;

export async function getWebhook({ store }: Pick<Deps, 'store'>, workspaceId: string): Promise<SyncWebhook> {
  const row = await store.webhooks.find(workspaceId);
  if (!row) return { url: null, enabled: false, secret: null, lastDelivery: null, failingSince: null, pending: 0 };
  const { url, enabled, lastDeliveryAt: at, lastDeliveryStatus: status, failingSince, cursor } = row;
  const pending = Math.max(0, (await store.changes.newest(workspaceId)) - cursor);
  return { url, enabled, secret: null, lastDelivery: at === null ? null : { at, status }, failingSince, pending };
}

type SettingDeps = Pick<Deps, 'store' | 'sealer' | 'clock' | 'outgoing'>;

/**
 * Changes the webhook. Another url makes another secret, which only this answer has. Rejects with preflight_failed for an
 * address that may not be asked, and with action_not_allowed when there is no webhook to change.
 */
export async function putWebhook(
  deps: SettingDeps,
  caller: SettingsCaller,
  change: SyncWebhookChange,
): Promise<SyncWebhook> {
  const { workspaceId } = caller;
  if (change.url === null) {
    await removeWebhook(deps, caller);
    return getWebhook(deps, workspaceId);
  }
  if (change.url !== undefined) await requireAllowed(deps, change.url);
  const secret = await deps.store.together(async (store) => {
    await store.records.hold(workspaceId);
    const before = await store.webhooks.find(workspaceId);
    const url = change.url ?? before?.url;
    if (url === undefined) throw new AppError('action_not_allowed', { detail: requestWords.noWebhook });
    const isMoved = url !== before?.url;
    const made = isMoved || change.newSecret === true ? makeSecret() : null;
    const enabled = change.enabled ?? before?.enabled ?? true;
    const sealed = sealSecrets(deps, { workspaceId, before: isMoved ? undefined : before, made });
    const row = { workspaceId, url, enabled, ...sealed };
    const newest = await store.changes.newest(workspaceId);
    if (!before || isMoved) await store.webhooks.put({ ...row, ...undelivered, cursor: before?.cursor ?? newest });
    else await store.webhooks.updateSettings(row);
    await auditWebhook(deps, caller, { store, before, after: { url, enabled, secret: made ? 'new' : undefined } });
    return made;
  });
  return { ...(await getWebhook(deps, workspaceId)), secret };
}

async function removeWebhook(deps: SettingDeps, caller: SettingsCaller): Promise<void> {
  await deps.store.together(async (store) => {
    await store.records.hold(caller.workspaceId);
    const before = await store.webhooks.find(caller.workspaceId);
    await store.webhooks.remove(caller.workspaceId);
    await auditWebhook(deps, caller, { store, before, after: {} });
  });
}

type Audited = { store: Repositories; before: WebhookRow | undefined; after: object };

async function auditWebhook(deps: SettingDeps, caller: SettingsCaller, { store, before, after }: Audited) {
  const { where } = await findSyncPlace(store, caller.workspaceId);
  const webhook = before ? { url: before.url, enabled: before.enabled } : {};
  const changed = { before: { webhook }, after: { webhook: after } };
  await auditSettings({ ...deps, store }, caller, { ...changed, organisationId: where.organisationId });
}

/** Sends a message of type ping, and says how it went. */
export async function pingNow(deps: DeliverDeps, workspaceId: string): Promise<SyncWebhook> {
  if (!(await deps.store.webhooks.find(workspaceId))) {
    throw new AppError('action_not_allowed', { detail: requestWords.noWebhook });
  }
  if (!(await pingWebhook(deps, workspaceId))) throw new AppError('unavailable', { retryAfterSeconds: 15 });
  return getWebhook(deps, workspaceId);
}

/** A new address has no past. */
const undelivered = {
  ...{ lastDeliveryAt: null, lastDeliveryStatus: null, failingSince: null },
  ...{ messageId: null, tries: 0, nextTryAt: null },
};

type Sealed = Pick<WebhookRow, 'sealedSecret' | 'sealedOldSecret' | 'oldSecretUntil'>;

function sealSecrets(
  { sealer, clock }: Pick<Deps, 'sealer' | 'clock'>,
  { workspaceId, before, made }: { workspaceId: string; before: WebhookRow | undefined; made: string | null },
): Sealed {
  if (before && made === null) {
    const { sealedSecret, sealedOldSecret, oldSecretUntil } = before;
    return { sealedSecret, sealedOldSecret, oldSecretUntil };
  }
  const sealedSecret = sealer.seal(made ?? makeSecret(), webhookContext(workspaceId));
  if (!before) return { sealedSecret, sealedOldSecret: null, oldSecretUntil: null };
  const oldSecretUntil = new Date(clock.now().getTime() + oldSecretMs).toISOString();
  return { sealedSecret, sealedOldSecret: before.sealedSecret, oldSecretUntil };
}

async function requireAllowed({ outgoing }: Pick<Deps, 'outgoing'>, url: string): Promise<void> {
  const fault: OutgoingFault | undefined = await outgoing.findFault(url);
  if (!fault) return;
  const message = requestWords.addressFaults[fault] ?? requestWords.addressInvalid;
  throw new AppError('preflight_failed', { errors: [{ path: 'url', message }] });
}
