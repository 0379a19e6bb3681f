import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { z } from 'zod';
import type { RecordTable, Schema } from '../../schema.ts';
import { buildRecordData } from './record-data.ts';
import type { RecordFilter, RecordPage, RecordPlace, RecordRow, RecordStore, RecordWorkspace } from './record-store.ts';

export function buildRecords(db: Kysely<Schema>): RecordStore {
  return {
    ...buildRecordData(db),
    hold: async (workspaceId) => {
      const values = { workspace_id: workspaceId };
      // An update that changes nothing locks the row; a new row is locked by its insertion.
      await db
        .insertInto('record_workspaces')
        .values(values)
        .onConflict((conflict) => conflict.column('workspace_id').doUpdateSet(values))
        .execute();
    },
    ...buildStates(db),
    ...buildHistory(db),
  };
}

type States = 'save' | 'find' | 'findByXeroId' | 'list' | 'count' | 'removeStates';

function buildStates(db: Kysely<Schema>): Pick<RecordStore, States> {
  return {
    save: (...rows) => save(db, rows),
    find: async ({ kind, key, ...workspace }) => {
      const query = inWorkspace(db.selectFrom('records').selectAll(), workspace);
      const row = await query.where('kind', '=', kind).where('record_key', '=', key).executeTakeFirst();
      return row && toRecord(row);
    },
    findByXeroId: async (workspace, kind, xeroId) => {
      const query = inWorkspace(db.selectFrom('records').selectAll(), workspace);
      const row = await query.where('kind', '=', kind).where('xero_id', '=', xeroId).executeTakeFirst();
      return row && toRecord(row);
    },
    list: (workspace, filter, page) => list(db, { workspace, filter, page }),
    count: async (workspace, filter) => {
      const query = whereFilter(inWorkspace(db.selectFrom('records'), workspace), filter);
      const { count } = await query.select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow();
      return Number(count);
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
    appendHistory: async ({ details, ...place }) => {
      await db
        .insertInto('record_history')
        .values({ ...toPlace(place), details })
        .execute();
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

type Listing = { workspace: RecordWorkspace; filter: RecordFilter; page: RecordPage };

async function list(db: Kysely<Schema>, { workspace, filter, page: { limit, after } }: Listing): Promise<RecordRow[]> {
  let query = whereFilter(inWorkspace(db.selectFrom('records').selectAll(), workspace), filter);
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('state_since', 'kind', 'record_key'), '<', tuple(after.stateSince, after.kind, after.key)),
    );
  }
  const ordered = query.orderBy('state_since', 'desc').orderBy('kind', 'desc').orderBy('record_key', 'desc');
  return (await ordered.limit(limit).execute()).map(toRecord);
}

function inWorkspace<O>(
  query: SelectQueryBuilder<Schema, 'records', O>,
  { workspaceId, organisationId }: RecordWorkspace,
): SelectQueryBuilder<Schema, 'records', O> {
  return query.where('workspace_id', '=', workspaceId).where('organisation_id', '=', organisationId);
}

function whereFilter<O>(
  query: SelectQueryBuilder<Schema, 'records', O>,
  { kinds, states, codes, search }: RecordFilter,
): SelectQueryBuilder<Schema, 'records', O> {
  let filtered = query;
  if (kinds) filtered = filtered.where('kind', 'in', kinds);
  if (states) filtered = filtered.where('state', 'in', states);
  if (codes) filtered = filtered.where('code', 'in', codes);
  // `replace` takes the text as it is. A pattern would give % and _ a meaning.
  if (search) filtered = filtered.where(sql<boolean>`replace(searched, ${search.toLowerCase()}, '') <> searched`);
  return filtered;
}

function toPlace({ workspaceId, organisationId, kind, key }: RecordPlace) {
  return { workspace_id: workspaceId, organisation_id: organisationId, kind, record_key: key };
}

function toRow(row: RecordRow): RecordTable {
  return {
    ...toPlace(row),
    crm_id: row.crmId,
    xero_id: row.xeroId,
    origin: row.origin,
    wanted: row.wanted,
    wanted_version: row.wantedVersion,
    sent_version: row.sentVersion,
    state: row.state,
    code: row.code,
    state_since: row.stateSince,
    next_try_at: row.nextTryAt,
    tries: row.tries,
    title: row.title,
    date: row.date,
    amount: row.amount,
    currency: row.currency,
    searched: row.searched,
    details: row.details,
  };
}

const originSchema = z.enum(['crm', 'xero']);
const wantedSchema = z.enum(['present', 'absent']);

function toRecord(row: RecordTable): RecordRow {
  return {
    workspaceId: row.workspace_id,
    organisationId: row.organisation_id,
    kind: row.kind,
    key: row.record_key,
    crmId: row.crm_id,
    xeroId: row.xero_id,
    origin: originSchema.parse(row.origin),
    wanted: wantedSchema.parse(row.wanted),
    wantedVersion: toVersion(row.wanted_version),
    sentVersion: toVersion(row.sent_version),
    state: row.state,
    code: row.code,
    stateSince: row.state_since,
    nextTryAt: row.next_try_at,
    tries: row.tries,
    title: row.title,
    date: row.date,
    amount: row.amount,
    currency: row.currency,
    searched: row.searched,
    details: row.details,
  };
}

/** Postgres returns a bigint as text. */
function toVersion(stored: number | null): number | null {
  return stored === null ? null : Number(stored);
}
