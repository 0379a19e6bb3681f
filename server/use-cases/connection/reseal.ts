import type { Deps } from '#server/deps.ts';
import { keysContext } from '#server/identity/workspaces.ts';
import type { Job } from '#server/schedule.ts';
import type { Sealer } from '#server/sealing.ts';
import type { SealedText } from '#server/store/tables/sealed-texts.ts';
import { systemUser } from '#server/use-cases/acting/principal.ts';
import { toAuditRow } from '#server/use-cases/audit/audit.ts';
import { webhookContext } from '#server/use-cases/sync/feed/webhook-secret.ts';
import { tokensContext } from '#server/xero/access/tokens.ts';

export type ResealDeps = Pick<Deps, 'store' | 'sealer' | 'clock'>;

const contexts = {
  connection: tokensContext,
  workspace: keysContext,
  webhook: webhookContext,
  old_webhook: webhookContext,
} as const;

/**
 * Encrypts again, with the current key, what an earlier key encrypted. Returns how many texts that were. A text that
 * changed meanwhile was already encrypted with the current key.
 */
export async function reseal({ store, sealer, clock }: ResealDeps): Promise<number> {
  let count = 0;
  for (const found of await store.sealed.list()) {
    if (sealer.keyOf(found.text) !== 'previous') continue;
    const sealed = sealAnew(sealer, found);
    if (sealed === undefined || !(await store.sealed.replace(found, sealed))) continue;
    count += 1;
    const { workspaceId } = found;
    const act = { workspaceId, organisationId: null, user: systemUser, requestId: '', outcome: 'resealed' };
    await store.audit.append(toAuditRow({ clock }, { ...act, action: 'reseal' }));
  }
  return count;
}

/** Undefined for a text that was tampered with: its own key does not open it either. */
function sealAnew(sealer: Sealer, { place, workspaceId, text }: SealedText): string | undefined {
  const context = contexts[place](workspaceId);
  try {
    return sealer.seal(sealer.open(text, context), context);
  } catch {
    return undefined;
  }
}

/** Texts still encrypted with an earlier key. */
export async function listPrevious({ store, sealer }: Pick<ResealDeps, 'store' | 'sealer'>): Promise<SealedText[]> {
  return (await store.sealed.list()).filter(({ text }) => sealer.keyOf(text) === 'previous');
}

/** Texts that none of the given keys opens. They need their own key. */
export async function listUnreadable({ store, sealer }: Pick<ResealDeps, 'store' | 'sealer'>): Promise<SealedText[]> {
  return (await store.sealed.list()).filter(({ text }) => sealer.keyOf(text) === 'unknown');
}

/**
 * Deletes what no key opens. Xero must then be connected again, workspaces must be added again, and webhooks must be set
 * again.
 */
export async function forgetUnreadable(deps: ResealDeps): Promise<SealedText[]> {
  const unreadable = await listUnreadable(deps);
  for (const found of unreadable) {
    await forget[found.place](deps, found.workspaceId);
  }
  return unreadable;
}

const forget: Record<SealedText['place'], (deps: ResealDeps, workspaceId: string) => Promise<unknown>> = {
  connection: forgetTokens,
  workspace: ({ store }, workspaceId) => store.workspaces.remove(workspaceId),
  webhook: ({ store }, workspaceId) => store.webhooks.remove(workspaceId),
  old_webhook: ({ store }, workspaceId) => store.webhooks.remove(workspaceId),
};

async function forgetTokens({ store, clock }: ResealDeps, workspaceId: string): Promise<void> {
  const connection = await store.connections.find(workspaceId);
  if (connection?.status !== 'running') return store.connections.disconnect(workspaceId);
  const { organisationId, version } = connection;
  const act = { workspaceId, organisationId, user: systemUser, requestId: '', outcome: 'key_changed' };
  const audit = toAuditRow({ clock }, { ...act, action: 'reconnect_needed' });
  await store.connections.markReconnectNeeded(workspaceId, version, 'key_changed', audit);
}

const everyMs = 60 * 60_000;

/**
 * Encrypts again what an earlier key encrypted: at the start and then hourly, because a process that has not restarted
 * yet may still use the earlier key. Without an earlier key, there is nothing to do.
 */
export function buildResealJob(deps: ResealDeps & Pick<Deps, 'config' | 'log'>): Job {
  return {
    name: 'seal with the present key',
    everyMs,
    isDueAtStart: true,
    work: async () => {
      if (deps.config.previousEncryptionKeys.length === 0) return;
      const count = await reseal(deps);
      if (count > 0) deps.log.info({ count }, 'stored secrets were encrypted again with the current key');
    },
  };
}
