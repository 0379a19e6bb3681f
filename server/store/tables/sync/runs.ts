import { type Kysely, type Selectable, sql } from 'kysely';
import type { Schema } from '../../schema.ts';
import { removeRunsBefore } from './remove-runs.ts';
import { buildRunRows } from './run-rows.ts';
import type { RunChange, RunRow, RunStore } from './run-store.ts';
import type { RunTable } from './sync-tables.ts';

export function buildRuns(db: Kysely<Schema>): RunStore {
  return {
    create: async (row) => {
      await db.insertInto('runs').values(toTable(row)).execute();
    },
    find: async (workspaceId, id) => {
      const query = db.selectFrom('runs').selectAll().where('id', '=', id).where('workspace_id', '=', workspaceId);
      const row = await query.executeTakeFirst();
      return row && toRun(row);
    },
    update: async (id, change, statuses) => {
      const query = db.updateTable('runs').set(toChange(change)).where('id', '=', id);
      return (await query.where('status', 'in', statuses).executeTakeFirst()).numUpdatedRows > 0n;
    },
    removeBefore: (at) => removeRunsBefore(db, at),
    ...buildLists(db),
    ...buildRunRows(db),
  };
}

function buildLists(db: Kysely<Schema>): Pick<RunStore, 'list' | 'listInStatus' | 'listLastEnds'> {
  return {
    list: async ({ workspaceId, organisationId }, { limit, after }) => {
      let query = db.selectFrom('runs').selectAll().where('workspace_id', '=', workspaceId);
      query = query.where('organisation_id', '=', organisationId);
      if (after) {
        query = query.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('started_at', 'id'), '<', tuple(after.startedAt, after.id)),
        );
      }
      const rows = await query.orderBy('started_at', 'desc').orderBy('id', 'desc').limit(limit).execute();
      return rows.map(toRun);
    },
    listInStatus: async (statuses, { where, limit }) => {
      let query = db.selectFrom('runs').selectAll().where('status', 'in', statuses);
      if (where) {
        query = query.where('workspace_id', '=', where.workspaceId).where('organisation_id', '=', where.organisationId);
      }
      return (await query.orderBy('started_at').orderBy('id').limit(limit).execute()).map(toRun);
    },
    listLastEnds: async ({ workspaceId, organisationId }) =>
      db
        .selectFrom('runs')
        .where('workspace_id', '=', workspaceId)
        .where('organisation_id', '=', organisationId)
        .where('dry_run', '=', 0)
        .where('kind', 'is not', null)
        .where('ended_at', 'is not', null)
        .select([sql<string>`kind`.as('kind'), sql<string>`max(ended_at)`.as('endedAt')])
        .groupBy('kind')
        .execute(),
  };
}

function toChange({ status, endedAt, counts, calls, error }: RunChange) {
  return {
    ...(status !== undefined && { status }),
    ...(endedAt !== undefined && { ended_at: endedAt }),
    ...(counts !== undefined && { counts }),
    ...(calls !== undefined && { calls }),
    ...(error !== undefined && { error }),
  };
}

function toTable(row: RunRow): RunTable {
  return {
    id: row.id,
    workspace_id: row.workspaceId,
    organisation_id: row.organisationId,
    type: row.type,
    dry_run: row.dryRun ? 1 : 0,
    kind: row.kind,
    status: row.status,
    started_at: row.startedAt,
    ended_at: row.endedAt,
    started_by: row.by,
    request: row.request,
    counts: row.counts,
    calls: row.calls,
    error: row.error,
  };
}

function toRun(row: Selectable<RunTable>): RunRow {
  return {
    id: row.id,
    workspaceId: row.workspace_id,
    organisationId: row.organisation_id,
    type: row.type,
    dryRun: row.dry_run === 1,
    kind: row.kind,
    status: row.status,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    by: row.started_by,
    request: row.request,
    counts: row.counts,
    calls: row.calls,
    error: row.error,
  };
}
