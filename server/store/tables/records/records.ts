import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import type { Schema } from '../../schema.ts';
import { buildDueRecords } from './due-records.ts';
import { findRecords } from './find-records.ts';
import { holdRecords } from './hold-records.ts';
import { buildRecordCounts } from './record-counts.ts';
import { buildRecordData } from './record-data.ts';
import { inWorkspace, toPlace, toRecord, toRow } from './record-row.ts';
import type { RecordFilter, RecordPage, RecordRow, RecordStore, RecordWorkspace } from './record-store.ts';

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

type States = 'save' | 'find' | 'findMany' | 'findByXeroId' | 'list' | 'count' | 'remove' | 'removeStates';

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
    list: (workspace, filter, page) => list(db, { workspace, filter, page }),
    count: async (workspace, filter) => {
      const query = whereFilter(inWorkspace(db.selectFrom('records'), workspace), filter);
      const { count } = await query.select(({ fn }) => fn.countAll().as('count')).executeTakeFirstOrThrow();
      return Number(count);
    },
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

type Listing = { workspace: RecordWorkspace; filter: RecordFilter; page: RecordPage };

async function list(db: Kysely<Schema>, { workspace, filter, page }: Listing): Promise<RecordRow[]> {
  // Each state is read in the order of an index. A single query over several would walk through all other states too.
  const states = filter.states?.map((state) => [state]) ?? [undefined];
  const [first, ...others] = states.map((only) =>
    db.selectFrom(selectPage(db, { workspace, filter: { ...filter, states: only }, page }).as('page')).selectAll(),
  );
  if (!first) return [];
  const rows = others.reduce((all, other) => all.unionAll(other), first);
  const ordered = rows.orderBy('state_since', 'desc').orderBy('kind', 'desc').orderBy('record_key', 'desc');
  return (await ordered.limit(page.limit).execute()).map(toRecord);
}

function selectPage(db: Kysely<Schema>, { workspace, filter, page: { limit, after } }: Listing) {
  let query = whereFilter(inWorkspace(db.selectFrom('records').selectAll(), workspace), filter);
  if (after) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('state_since', 'kind', 'record_key'), '<', tuple(after.stateSince, after.kind, after.key)),
    );
  }
  return query.orderBy('state_since', 'desc').orderBy('kind', 'desc').orderBy('record_key', 'desc').limit(limit);
}

function whereFilter<O>(
  query: SelectQueryBuilder<Schema, 'records', O>,
  { kinds, states, codes, search, crmIds, keys, blockedOn, from, to }: RecordFilter,
): SelectQueryBuilder<Schema, 'records', O> {
  let filtered = query;
  // The key of a record that the CRM knows is the CRM's id.
  for (const [column, values] of [
    ['kind', kinds],
    ['state', states],
    ['code', codes],
    ['record_key', crmIds],
    ['record_key', keys],
  ] as const) {
    // An empty list in SQL is a syntax error on Postgres.
    if (values) filtered = filtered.where(values.length > 0 ? (eb) => eb(column, 'in', values) : sql<boolean>`1 = 0`);
  }
  if (blockedOn !== undefined) filtered = filtered.where('blocked_on', '=', blockedOn);
  if (from) filtered = filtered.where('date', '>=', from);
  if (to) filtered = filtered.where('date', '<=', to);
  // `replace` takes the text as it is. A pattern would give % and _ a meaning.
  if (search) filtered = filtered.where(sql<boolean>`replace(searched, ${search.toLowerCase()}, '') <> searched`);
  return filtered;
}
