import { type Kysely, type Selectable, sql } from 'kysely';
import { chunksOf } from '../../in-chunks.ts';
import { inTransaction } from '../../in-transaction.ts';
import type { Schema } from '../../schema.ts';
import { holdRecords } from '../records/hold-records.ts';
import type { ChangeRow, ChangeStore, NewChange } from './change-store.ts';
import { removeChangesBefore } from './remove-changes.ts';
import type { ChangeTable, SyncTables } from './sync-tables.ts';

const changesPerStatement = 500;

export function buildChanges(db: Kysely<Schema>): ChangeStore {
  return {
    append: (workspaceId, changes) => inTransaction(db, (transaction) => append(transaction, workspaceId, changes)),
    list: async (workspaceId, afterId, limit) => {
      const query = selectOf(db, workspaceId).where('id', '>', afterId);
      return (await query.orderBy('id').limit(limit).execute()).map(toChange);
    },
    find: async (workspaceId, id) => {
      const row = await selectOf(db, workspaceId).where('id', '=', id).executeTakeFirst();
      return row && toChange(row);
    },
    newest: async (workspaceId) => Number((await selectNumbers(db, workspaceId).executeTakeFirst())?.newest ?? 0),
    oldest: async (workspaceId) => Number((await selectNumbers(db, workspaceId).executeTakeFirst())?.removed ?? 0) + 1,
    markAccepted: async (workspaceId, id, { kind, crmId }) => {
      const query = db
        .updateTable('changes')
        .set({ accepted_kind: kind, accepted_crm_id: crmId })
        .where('workspace_id', '=', workspaceId)
        .where('id', '=', id)
        .where('accepted_crm_id', 'is', null);
      return (await query.executeTakeFirst()).numUpdatedRows > 0n;
    },
    removeBefore: (at) => removeChangesBefore(db, at),
  };
}

async function append(db: Kysely<Schema>, workspaceId: string, changes: readonly NewChange[]): Promise<number> {
  const last = await takeNumbers(db, workspaceId, changes.length);
  const first = last - changes.length + 1;
  const rows = changes.map((change, index) => toTable(workspaceId, first + index, change));
  for (const chunk of chunksOf(rows, changesPerStatement)) await db.insertInto('changes').values(chunk).execute();
  await countDays(db, workspaceId, changes);
  return last;
}

/**
 * Locks the workspace, as `records.hold` does. After a copy was put back, the numbers go on above all that were given
 * out since the copy was made: a reader with such a number would skip what comes under a lower one.
 */
async function takeNumbers(db: Kysely<Schema>, workspaceId: string, count: number): Promise<number> {
  if (count === 0) {
    await holdRecords(db, workspaceId);
    return Number((await selectNumbers(db, workspaceId).executeTakeFirstOrThrow()).newest);
  }
  // One statement, because every batch of records waits for it: a row that is new, or is locked by its update.
  const { last_change } = await db
    .insertInto('record_workspaces')
    .values({
      workspace_id: workspaceId,
      last_change: sql<number>`coalesce((select max(change_floor) from restores), 0) + ${count}`,
    })
    .onConflict((conflict) =>
      conflict.column('workspace_id').doUpdateSet({
        last_change: sql<number>`case
          when excluded.last_change > record_workspaces.last_change + ${count} then excluded.last_change
          else record_workspaces.last_change + ${count} end`,
      }),
    )
    .returning('last_change')
    .executeTakeFirstOrThrow();
  return Number(last_change);
}

/** Counts per day are kept beside the changes, so that nobody has to count 14 days of them. */
async function countDays(db: Kysely<Schema>, workspaceId: string, changes: readonly NewChange[]): Promise<void> {
  const days = new Map<string, SyncTables['sync_days']>();
  for (const { organisationId: organisation_id, kind, state: entered, type, at } of changes) {
    const state = entered ?? (type === 'new' ? type : null);
    if (kind === null || state === null) continue;
    const day = at.slice(0, 10);
    const key = `${organisation_id}/${day}/${kind}/${state}`;
    const counted = days.get(key);
    if (counted) counted.count += 1;
    else days.set(key, { workspace_id: workspaceId, organisation_id, day, kind, state, count: 1 });
  }
  for (const day of days.values()) {
    await db
      .insertInto('sync_days')
      .values(day)
      .onConflict((conflict) =>
        conflict
          .columns(['workspace_id', 'organisation_id', 'day', 'kind', 'state'])
          .doUpdateSet({ count: sql<number>`sync_days.count + ${day.count}` }),
      )
      .execute();
  }
}

function selectOf(db: Kysely<Schema>, workspaceId: string) {
  return db.selectFrom('changes').selectAll().where('workspace_id', '=', workspaceId);
}

function selectNumbers(db: Kysely<Schema>, workspaceId: string) {
  return db
    .selectFrom('record_workspaces')
    .select(['last_change as newest', 'removed_change as removed'])
    .where('workspace_id', '=', workspaceId);
}

function toTable(workspaceId: string, id: number, change: Omit<NewChange, 'state'>): ChangeTable {
  return {
    workspace_id: workspaceId,
    id,
    organisation_id: change.organisationId,
    type: change.type,
    kind: change.kind,
    crm_id: change.crmId,
    xero_id: change.xeroId,
    at: change.at,
    data: change.data,
    accepted_kind: null,
    accepted_crm_id: null,
  };
}

function toChange(row: Selectable<ChangeTable>): ChangeRow {
  const { accepted_kind: kind, accepted_crm_id: crmId } = row;
  return {
    workspaceId: row.workspace_id,
    // Postgres returns a bigint as text.
    id: Number(row.id),
    organisationId: row.organisation_id,
    type: row.type,
    kind: row.kind,
    crmId: row.crm_id,
    xeroId: row.xero_id,
    at: row.at,
    data: row.data,
    accepted: kind === null || crmId === null ? null : { kind, crmId },
  };
}
