import { type Kysely, sql } from 'kysely';
import { z } from 'zod';
import { compileOnce } from '../compiled.ts';
import { inTransaction } from '../in-transaction.ts';
import type { ConnectionTable, Schema } from '../schema.ts';
import type { ConnectionRow, NewConnection, Store } from '../store.ts';
import { buildAudit } from './audit.ts';
import { buildConnectionChecks } from './connection-checks.ts';
import { toBeyondAnyLease } from './lease.ts';

export function buildConnectionTable(db: Kysely<Schema>): Store['connections'] {
  const find = compileOnce(db, db.selectFrom('connections').selectAll().where('workspace_id', '=', ''));
  return {
    find: async (workspaceId) => {
      const row = await find(workspaceId);
      return row && toConnection(row);
    },
    listByOrganisation: async (organisationId) => {
      const rows = await db
        .selectFrom('connections')
        .selectAll()
        .where('organisation_id', '=', organisationId)
        .orderBy('workspace_id')
        .execute();
      return rows.map(toConnection);
    },
    connect: (row) => connect(db, row),
    disconnect: (workspaceId) => forgetTokens(db, workspaceId),
    recordAttempt: async (workspaceId, attempt) => {
      const lastAttempt = JSON.stringify(attempt);
      await db
        .insertInto('connections')
        .values({ workspace_id: workspaceId, status: 'disconnected', version: 0, last_attempt: lastAttempt })
        .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet({ last_attempt: lastAttempt }))
        .execute();
    },
    saveOrganisation: async (workspaceId, organisationId, organisation) => {
      await db
        .updateTable('connections')
        .set({ organisation })
        .where('workspace_id', '=', workspaceId)
        .where('organisation_id', '=', organisationId)
        .execute();
    },
    ...buildVersioned(db),
    ...buildConnectionChecks(db),
  };
}

/** Changes that several processes may try at once. The row's version lets only one succeed. */
function buildVersioned(
  db: Kysely<Schema>,
): Pick<Store['connections'], 'markReconnectNeeded' | 'takeLease' | 'releaseLease' | 'saveTokens'> {
  return {
    markReconnectNeeded: (workspaceId, version, reason, audit) =>
      inTransaction(db, async (transaction) => {
        const update = atVersion(transaction, workspaceId, version).where('status', '=', 'running');
        const isMarked = await changed(update.set({ ...moved, ...noTokens, status: 'reconnect_needed', reason }));
        if (isMarked && audit) await buildAudit(transaction).append(audit);
        return isMarked;
      }),
    takeLease: (workspaceId, version, owner, now, until) =>
      changed(
        atVersion(db, workspaceId, version)
          .set({ lease_owner: owner, lease_until: until })
          .where((row) =>
            row.or([
              row('lease_until', 'is', null),
              row('lease_until', '<=', now),
              row('lease_until', '>', toBeyondAnyLease(now)),
              row('lease_owner', '=', owner),
            ]),
          ),
      ),
    releaseLease: async (workspaceId, owner) => {
      await db
        .updateTable('connections')
        .set({ lease_owner: null, lease_until: null })
        .where('workspace_id', '=', workspaceId)
        .where('lease_owner', '=', owner)
        .execute();
    },
    saveTokens: (workspaceId, version, { sealedTokens, accessExpiresAt }) =>
      changed(
        atVersion(db, workspaceId, version).set({
          ...moved,
          sealed_tokens: sealedTokens,
          access_expires_at: accessExpiresAt,
        }),
      ),
  };
}

/** Deletes tokens that no longer work. */
const noTokens = { sealed_tokens: null, access_expires_at: null };

/** Every change increases the version and clears the lease. */
const moved = { version: sql<number>`connections.version + 1`, lease_owner: null, lease_until: null };

function atVersion(db: Kysely<Schema>, workspaceId: string, version: number) {
  return db.updateTable('connections').where('workspace_id', '=', workspaceId).where('version', '=', version);
}

async function changed(update: { executeTakeFirst(): Promise<{ numUpdatedRows: bigint }> }): Promise<boolean> {
  return (await update.executeTakeFirst()).numUpdatedRows > 0n;
}

async function connect(db: Kysely<Schema>, row: NewConnection): Promise<void> {
  const values = {
    status: 'running',
    reason: null,
    organisation_id: row.organisationId,
    organisation: row.organisation,
    xero_connection_id: row.xeroConnectionId,
    sealed_tokens: row.sealedTokens,
    access_expires_at: row.accessExpiresAt,
    connected_at: row.connectedAt,
    connected_by: row.connectedBy,
    next_look_at: null,
  };
  await db
    .insertInto('connections')
    .values({ workspace_id: row.workspaceId, version: 1, ...values })
    .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet({ ...values, ...moved }))
    .execute();
}

/** Keeps the organisation, because its parked links are stored under it. */
export async function forgetTokens(db: Kysely<Schema>, workspaceId: string): Promise<void> {
  await db
    .updateTable('connections')
    .set({
      ...moved,
      status: 'disconnected',
      reason: null,
      ...noTokens,
      xero_connection_id: null,
    })
    .where('workspace_id', '=', workspaceId)
    .execute();
}

const statusSchema = z.enum(['running', 'reconnect_needed', 'disconnected']);
const attemptSchema = z.object({
  outcome: z.enum(['connected', 'denied', 'failed']),
  reason: z.string().nullable(),
  at: z.string(),
});

function toConnection(row: ConnectionTable): ConnectionRow {
  return {
    workspaceId: row.workspace_id,
    status: statusSchema.parse(row.status),
    reason: row.reason,
    organisationId: row.organisation_id,
    organisation: row.organisation,
    xeroConnectionId: row.xero_connection_id,
    sealedTokens: row.sealed_tokens,
    accessExpiresAt: row.access_expires_at,
    version: row.version,
    leaseOwner: row.lease_owner,
    leaseUntil: row.lease_until,
    connectedAt: row.connected_at,
    connectedBy: row.connected_by,
    lastAttempt: row.last_attempt === null ? null : attemptSchema.parse(JSON.parse(row.last_attempt)),
  };
}
