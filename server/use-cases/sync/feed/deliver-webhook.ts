import { randomUUID } from 'node:crypto';
import type { Deps } from '#server/deps.ts';
import type { Lease } from '#server/store/store.ts';
import type { WebhookDelivery, WebhookRow } from '#server/store/tables/sync/webhook-store.ts';
import { formatChangeCursor } from './list-changes.ts';
import { signMessage } from './webhook-secret.ts';

export type DeliverDeps = Pick<Deps, 'store' | 'clock' | 'sealer' | 'outgoing' | 'config' | 'processId' | 'log'>;

const timeoutMs = 15_000;
/** Longer than a delivery takes. */
const leaseMs = 60_000;
const pauseMs = 1000;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** The last one repeats. */
const retryMs = [5000, 5 * minuteMs, 30 * minuteMs, 2 * hourMs, 5 * hourMs, 10 * hourMs] as const;
/** A receiver that was down longer than this gets a new message, and the failure stays shown. */
const messageLivesMs = 72 * hourMs;

/**
 * Tells a workspace's CRM that there are new changes. Only one process sends. A message that the receiver does not
 * accept is repeated with the same id and a new signature, because receivers refuse what is older than five minutes.
 */
export async function deliverWebhook(deps: DeliverDeps, workspaceId: string): Promise<void> {
  const { store, clock } = deps;
  const lease = toLease(deps);
  const row = await store.webhooks.takeLease(workspaceId, lease);
  if (!row) return;
  const newest = await store.changes.newest(workspaceId);
  // Another process may have sent, or an admin may have changed the webhook, since this one was found due.
  if (!row.enabled || newest <= row.cursor || isEarly(row, lease.now)) {
    await store.webhooks.noteDelivery(workspaceId, lease.owner, {});
    return;
  }
  const id = row.messageId ?? newMessageId();
  const status = await send(deps, row, { id, type: 'changes.available', cursor: newest });
  const at = clock.now();
  const delivery = isTaken(status) ? toDone(status, newest, at) : toFailed(row, { id, status, at });
  await store.webhooks.noteDelivery(workspaceId, lease.owner, delivery);
}

/**
 * Sends a message of type ping, whether or not there are changes. Returns false when another process is sending just
 * now. A receiver that accepts it is told of waiting changes at once.
 */
export async function pingWebhook(deps: DeliverDeps, workspaceId: string): Promise<boolean> {
  const { store, clock } = deps;
  const lease = toLease(deps);
  const row = await store.webhooks.takeLease(workspaceId, lease);
  if (!row) return false;
  const cursor = await store.changes.newest(workspaceId);
  const status = await send(deps, row, { id: newMessageId(), type: 'ping', cursor });
  const last = { lastDeliveryAt: clock.now().toISOString(), lastDeliveryStatus: status };
  const healed = { failingSince: null, tries: 0, nextTryAt: null };
  await store.webhooks.noteDelivery(workspaceId, lease.owner, isTaken(status) ? { ...last, ...healed } : last);
  return true;
}

/** The status of the answer; null when none came. */
async function send(
  deps: DeliverDeps,
  row: WebhookRow,
  { id, type, cursor }: { id: string; type: 'changes.available' | 'ping'; cursor: number },
): Promise<number | null> {
  const at = deps.clock.now();
  const body = JSON.stringify({ type, timestamp: at.toISOString(), data: { cursor: formatChangeCursor(cursor) } });
  const headers = { 'content-type': 'application/json', ...signMessage(deps, row, { id, at, body }) };
  const answer = await deps.outgoing.fetch(row.url, { method: 'POST', headers, body, timeoutMs });
  if (answer.outcome === 'answered') return answer.status;
  const { fault, cause: err } = answer;
  deps.log.warn({ err, fault, workspaceId: row.workspaceId }, 'a webhook could not be delivered');
  return null;
}

function isTaken(status: number | null): boolean {
  return status !== null && status >= 200 && status < 300;
}

function toDone(status: number | null, cursor: number, at: Date): WebhookDelivery {
  return {
    ...{ lastDeliveryAt: at.toISOString(), lastDeliveryStatus: status, failingSince: null },
    ...{ messageId: null, cursor, tries: 0, nextTryAt: later(at, pauseMs) },
  };
}

function toFailed(
  row: WebhookRow,
  { id, status, at }: { id: string; status: number | null; at: Date },
): WebhookDelivery {
  const failingSince = row.failingSince ?? at.toISOString();
  const isOld = at.getTime() - Date.parse(failingSince) >= messageLivesMs;
  const waitMs = retryMs[Math.min(row.tries, retryMs.length - 1)] ?? 10 * hourMs;
  return {
    ...{ lastDeliveryAt: at.toISOString(), lastDeliveryStatus: status, failingSince },
    ...{ messageId: isOld ? null : id, tries: row.tries + 1, nextTryAt: later(at, waitMs) },
  };
}

/** A retry that is further away than any wait was planned before the clock was set back. */
function isEarly({ nextTryAt }: WebhookRow, now: string): boolean {
  return nextTryAt !== null && nextTryAt > now && nextTryAt <= later(new Date(now), 11 * hourMs);
}

function later(at: Date, ms: number): string {
  return new Date(at.getTime() + ms).toISOString();
}

function newMessageId(): string {
  return `msg_${randomUUID()}`;
}

function toLease({ clock, config, processId }: DeliverDeps): Lease {
  const now = clock.now();
  const onlyProcess = config.redisUrl === undefined ? `${processId}/` : null;
  return { owner: `${processId}/${randomUUID()}`, now: now.toISOString(), until: later(now, leaseMs), onlyProcess };
}
