import type { Kysely, Selectable, UpdateObject } from 'kysely';
import type { Schema } from '../../schema.ts';
import type { Instant, Lease } from '../../store.ts';
import { isLeaseFree } from '../lease.ts';
import type { WebhookTable } from './sync-tables.ts';
import type { WebhookDelivery, WebhookRow, WebhookSettings, WebhookStore } from './webhook-store.ts';

export function buildWebhooks(db: Kysely<Schema>): WebhookStore {
  return {
    find: async (workspaceId) => {
      const row = await db
        .selectFrom('webhooks')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .executeTakeFirst();
      return row && toWebhook(row);
    },
    put: async (row) => {
      const values = { ...toSettings(row), ...toDelivery(row) };
      await db
        .insertInto('webhooks')
        .values({ workspace_id: row.workspaceId, ...values })
        .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(values))
        .execute();
    },
    updateSettings: (settings) => isChanged(update(db, settings.workspaceId).set(toSettings(settings))),
    remove: async (workspaceId) => {
      await db.deleteFrom('webhooks').where('workspace_id', '=', workspaceId).execute();
    },
    listDue: async (now, limit) => (await selectDue(db, now).limit(limit).execute()).map(toWebhook),
    takeLease: (workspaceId, lease) => takeLease(db, workspaceId, lease),
    noteDelivery: (workspaceId, owner, delivery) => {
      const values = { ...toGiven(delivery), lease_owner: null, lease_until: null };
      return isChanged(update(db, workspaceId).set(values).where('lease_owner', '=', owner));
    },
  };
}

/** There are as many rows as workspaces, so no index is needed. */
function selectDue(db: Kysely<Schema>, now: Instant) {
  return db
    .selectFrom('webhooks')
    .innerJoin('record_workspaces', 'record_workspaces.workspace_id', 'webhooks.workspace_id')
    .selectAll('webhooks')
    .where('webhooks.enabled', '=', 1)
    .whereRef('record_workspaces.last_change', '>', 'webhooks.cursor')
    .where(({ eb, or }) => or([eb('webhooks.next_try_at', 'is', null), eb('webhooks.next_try_at', '<=', now)]))
    .orderBy(({ fn, val }) => fn.coalesce('webhooks.next_try_at', val('')))
    .orderBy('webhooks.workspace_id');
}

async function takeLease(db: Kysely<Schema>, workspaceId: string, lease: Lease): Promise<WebhookRow | undefined> {
  const row = await update(db, workspaceId)
    .set({ lease_owner: lease.owner, lease_until: lease.until })
    .where(isLeaseFree(lease))
    .returningAll()
    .executeTakeFirst();
  return row && toWebhook(row);
}

function update(db: Kysely<Schema>, workspaceId: string) {
  return db.updateTable('webhooks').where('workspace_id', '=', workspaceId);
}

async function isChanged(query: { executeTakeFirst(): Promise<{ numUpdatedRows: bigint }> }): Promise<boolean> {
  return (await query.executeTakeFirst()).numUpdatedRows > 0n;
}

function toSettings(row: WebhookSettings) {
  return {
    url: row.url,
    enabled: row.enabled ? 1 : 0,
    sealed_secret: row.sealedSecret,
    sealed_old_secret: row.sealedOldSecret,
    old_secret_until: row.oldSecretUntil,
  };
}

function toDelivery(row: Required<WebhookDelivery>) {
  return {
    last_delivery_at: row.lastDeliveryAt,
    last_delivery_status: row.lastDeliveryStatus,
    failing_since: row.failingSince,
    message_id: row.messageId,
    cursor: row.cursor,
    tries: row.tries,
    next_try_at: row.nextTryAt,
  };
}

/** Only the members that are given. */
function toGiven(delivery: WebhookDelivery): UpdateObject<Schema, 'webhooks'> {
  const { lastDeliveryAt, lastDeliveryStatus, failingSince, messageId, cursor, tries, nextTryAt } = delivery;
  return {
    ...(lastDeliveryAt !== undefined && { last_delivery_at: lastDeliveryAt }),
    ...(lastDeliveryStatus !== undefined && { last_delivery_status: lastDeliveryStatus }),
    ...(failingSince !== undefined && { failing_since: failingSince }),
    ...(messageId !== undefined && { message_id: messageId }),
    ...(cursor !== undefined && { cursor }),
    ...(tries !== undefined && { tries }),
    ...(nextTryAt !== undefined && { next_try_at: nextTryAt }),
  };
}

function toWebhook(row: Selectable<WebhookTable>): WebhookRow {
  return {
    workspaceId: row.workspace_id,
    url: row.url,
    enabled: row.enabled === 1,
    sealedSecret: row.sealed_secret,
    sealedOldSecret: row.sealed_old_secret,
    oldSecretUntil: row.old_secret_until,
    lastDeliveryAt: row.last_delivery_at,
    lastDeliveryStatus: row.last_delivery_status,
    failingSince: row.failing_since,
    messageId: row.message_id,
    cursor: Number(row.cursor),
    tries: row.tries,
    nextTryAt: row.next_try_at,
  };
}
