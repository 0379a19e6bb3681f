import type { Kysely, Selectable } from 'kysely';
import { z } from 'zod';
import type { SyncPlace } from '#server/sync-place.ts';
import type { RecordDataTable, Schema } from '../../schema.ts';
import { groupByKind } from './record-row.ts';
import type { Putting, RecordDataRow, RecordName, RecordStore } from './record-store.ts';

type Data = 'put' | 'findData' | 'findMissingSince' | 'findManyData' | 'listUndecided';

/** What the CRM said of its records. */
export function buildRecordData(db: Kysely<Schema>): Pick<RecordStore, Data> {
  return {
    put: (...rows) => put(db, rows),
    findData: async (workspaceId, kind, crmId) => {
      const row = await selectData(db, { workspaceId, kind, crmId }).selectAll().executeTakeFirst();
      return row && { ...toData(row), receipt: row.receipt };
    },
    findMissingSince: async () => {
      const query = db.selectFrom('restores').select(({ fn }) => fn.min('missing_since').as('since'));
      return (await query.executeTakeFirst())?.since ?? null;
    },
    findManyData: (workspaceId, names) => findManyData(db, workspaceId, names),
    listUndecided: async (workspace, { limit, after }) => {
      let query = selectUndecided(db, workspace);
      if (after) {
        query = query.where(({ eb, refTuple, tuple }) =>
          eb(refTuple('said.kind', 'said.crm_id'), '>', tuple(after.kind, after.crmId)),
        );
      }
      const rows = await query.limit(limit).execute();
      return rows.map((row) => ({ ...toData(row), isKnown: row.known_key !== null }));
    },
  };
}

async function findManyData(
  db: Kysely<Schema>,
  workspaceId: string,
  names: readonly RecordName[],
): Promise<Omit<RecordDataRow, 'receipt'>[]> {
  const found = [];
  for (const { kind, keys } of groupByKind(names)) {
    const rows = await db
      .selectFrom('record_data')
      .select(['workspace_id', 'kind', 'crm_id', 'wanted', 'version', 'data', 'data_hash'])
      .where('workspace_id', '=', workspaceId)
      .where('kind', '=', kind)
      .where('crm_id', 'in', keys)
      .execute();
    found.push(...rows.map(toData));
  }
  return found;
}

/** The database compares the versions in the statement that writes, so that two at once cannot pass each other. */
async function put(db: Kysely<Schema>, rows: readonly RecordDataRow[]): Promise<Putting[]> {
  const [first] = rows;
  if (!first) return [];
  const written = await db
    .insertInto('record_data')
    .values(rows.map(toRow))
    .onConflict((conflict) =>
      conflict
        .columns(['workspace_id', 'kind', 'crm_id'])
        .doUpdateSet(({ ref }) => ({
          wanted: ref('excluded.wanted'),
          version: ref('excluded.version'),
          data: ref('excluded.data'),
          data_hash: ref('excluded.data_hash'),
          receipt: ref('excluded.receipt'),
        }))
        .whereRef('record_data.version', '<', 'excluded.version'),
    )
    .returning(['kind', 'crm_id'])
    .execute();
  const taken = new Set(written.map(({ kind, crm_id }) => nameOf(kind, crm_id)));
  const others = rows.filter(({ kind, crmId }) => !taken.has(nameOf(kind, crmId)));
  const names = others.map(({ kind, crmId: key }) => ({ kind, key }));
  const known = await findManyData(db, first.workspaceId, names);
  const stored = new Map(known.map((row) => [nameOf(row.kind, row.crmId), row]));
  return rows.map((row) => comparePut(row, stored.get(nameOf(row.kind, row.crmId))));
}

/** `stored`: what the database has instead of the row, undefined where it took the row. */
function comparePut(row: RecordDataRow, stored: Omit<RecordDataRow, 'receipt'> | undefined): Putting {
  if (!stored) return { outcome: 'taken' };
  if (stored.version > row.version) return { outcome: 'stale', version: stored.version };
  return { outcome: stored.dataHash === row.dataHash && stored.wanted === row.wanted ? 'same' : 'reused' };
}

function nameOf(kind: string, crmId: string): string {
  return `${kind}/${crmId}`;
}

function selectUndecided(db: Kysely<Schema>, { workspaceId, organisationId }: SyncPlace) {
  return db
    .selectFrom('record_data as said')
    .leftJoin('records as known', (join) =>
      join
        .onRef('known.workspace_id', '=', 'said.workspace_id')
        .onRef('known.kind', '=', 'said.kind')
        .onRef('known.record_key', '=', 'said.crm_id')
        .on('known.organisation_id', '=', organisationId),
    )
    .where('said.workspace_id', '=', workspaceId)
    .where(({ eb, or, ref }) =>
      or([eb('known.wanted_version', 'is', null), eb('known.wanted_version', '<', ref('said.version'))]),
    )
    .select(['said.workspace_id', 'said.kind', 'said.crm_id', 'said.wanted', 'said.version', 'said.data'])
    .select(['said.data_hash', 'known.record_key as known_key'])
    .orderBy('said.kind')
    .orderBy('said.crm_id');
}

type DataKey = Pick<RecordDataRow, 'workspaceId' | 'kind' | 'crmId'>;

function selectData(db: Kysely<Schema>, { workspaceId, kind, crmId }: DataKey) {
  return db
    .selectFrom('record_data')
    .where('workspace_id', '=', workspaceId)
    .where('kind', '=', kind)
    .where('crm_id', '=', crmId);
}

function toRow(row: RecordDataRow): RecordDataTable {
  return {
    workspace_id: row.workspaceId,
    kind: row.kind,
    crm_id: row.crmId,
    wanted: row.wanted,
    version: row.version,
    data: row.data,
    data_hash: row.dataHash,
    receipt: row.receipt,
  };
}

const wantedSchema = z.enum(['present', 'absent']);

/** Postgres returns a bigint as text. */
function toData(row: Omit<Selectable<RecordDataTable>, 'receipt'>): Omit<RecordDataRow, 'receipt'> {
  return {
    workspaceId: row.workspace_id,
    kind: row.kind,
    crmId: row.crm_id,
    wanted: wantedSchema.parse(row.wanted),
    version: Number(row.version),
    data: row.data,
    dataHash: row.data_hash,
  };
}
