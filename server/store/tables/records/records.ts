import { type Kysely, sql } from 'kysely';
import type { Schema } from '../../schema.ts';
import { buildDueRecords } from './due-records.ts';
import { findByXeroIds, findRecords } from './find-records.ts';
import { holdRecords } from './hold-records.ts';
import { countRecords, listRecords } from './list-records.ts';
import { buildRecordCounts } from './record-counts.ts';
import { buildRecordData } from './record-data.ts';
import { inWorkspace, toPlace, toRecord, toRow } from './record-row.ts';
import type { RecordRow, RecordStore } from './record-store.ts';

export function buildRecords(db: Kysely<Schema>): RecordStore {
  return {
    ...buildRecordData(db),
    hold: (workspaceId) => holdRecords(db, workspaceId),
    ...buildDueRecords(db),
    ...buildRecordCounts(db),
    ...buildStates(db),
    ...buildHistory(db),
  };
}

type States =
  | 'save'
  | 'find'
  | 'findMany'
  | 'findByXeroId'
  | 'listByXeroId'
  | 'findManyByXeroId'
  | 'list'
  | 'count'
  | 'remove'
  | 'removeStates';

function buildStates(db: Kysely<Schema>): Pick<RecordStore, States> {
  return {
    save: (...rows) => save(db, rows),
    find: async (place) => (await findRecords(db, place, [place]))[0],
    findMany: (where, names) => findRecords(db, where, names),
    findByXeroId: async (workspace, kind, xeroId) => {
      const query = inWorkspace(db.selectFrom('records').selectAll(), workspace);
      const row = await query.where('kind', '=', kind).where('xero_id', '=', xeroId).executeTakeFirst();
      return row && toRecord(row);
    },
    listByXeroId: async (workspace, kind, xeroId) => {
      const query = inWorkspace(db.selectFrom('records').selectAll(), workspace);
      const rows = await query.where('kind', '=', kind).where('xero_id', '=', xeroId).limit(100).execute();
      return rows.map(toRecord);
    },
    findManyByXeroId: (workspace, kind, xeroIds) => findByXeroIds(db, workspace, { kind, xeroIds }),
    list: (workspace, filter, page) => listRecords(db, { workspace, filter, page }),
    count: (workspace, filter) => countRecords(db, workspace, filter),
    remove: async ({ kind, key, workspaceId, organisationId }) => {
      await db
        .deleteFrom('records')
        .where('workspace_id', '=', workspaceId)
        .where('organisation_id', '=', organisationId)
        .where('kind', '=', kind)
        .where('record_key', '=', key)
        .execute();
    },
    removeStates: async ({ workspaceId, organisationId }) => {
      await db
        .deleteFrom('records')
        .where('workspace_id', '=', workspaceId)
        .where('organisation_id', '=', organisationId)
        .execute();
    },
  };
}

function buildHistory(db: Kysely<Schema>): Pick<RecordStore, 'appendHistory' | 'listHistory'> {
  return {
    appendHistory: async (...rows) => {
      if (rows.length === 0) return;
      const values = rows.map((row) => ({ ...toPlace(row), details: row.details }));
      await db.insertInto('record_history').values(values).execute();
    },
    listHistory: async ({ workspaceId, organisationId, kind, key }, limit) => {
      const rows = await db
        .selectFrom('record_history')
        .select(['organisation_id', 'details'])
        .where('workspace_id', '=', workspaceId)
        .where('kind', '=', kind)
        .where('record_key', '=', key)
        .where('organisation_id', 'in', ['', organisationId])
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ workspaceId, organisationId: row.organisation_id, kind, key, details: row.details }));
    },
  };
}

async function save(db: Kysely<Schema>, rows: readonly RecordRow[]): Promise<void> {
  const stored = rows.map(toRow);
  const [first] = stored;
  if (!first) return;
  const { workspace_id: _w, organisation_id: _o, kind: _k, record_key: _r, ...change } = first;
  const given = Object.keys(change).map((column) => [column, sql.ref(`excluded.${column}`)]);
  await db
    .insertInto('records')
    .values(stored)
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'organisation_id', 'kind', 'record_key'])
        .doUpdateSet(Object.fromEntries(given)),
    )
    .execute();
}
