import { type Kysely, PostgresAdapter, type Selectable, sql } from 'kysely';
import type { SyncPlace } from '#server/sync-place.ts';
import { chunksOf } from '../../in-chunks.ts';
import type { RecordTable, Schema } from '../../schema.ts';
import { groupByKind, inWorkspace, toRecord } from './record-row.ts';
import type { RecordName, RecordRow } from './record-store.ts';

/** Records by their names. A workspace of any size costs the same. */
export async function findRecords(
  db: Kysely<Schema>,
  where: SyncPlace,
  names: readonly RecordName[],
): Promise<RecordRow[]> {
  const find = db.getExecutor().adapter instanceof PostgresAdapter ? findEach : findAll;
  const found = [];
  for (const named of groupByKind(names)) found.push(...(await find(db, where, named)));
  return found.map(toRecord);
}

type Named = { kind: string; keys: readonly string[] };

function findAll(db: Kysely<Schema>, where: SyncPlace, { kind, keys }: Named): Promise<Selectable<RecordTable>[]> {
  const ofKind = inWorkspace(db.selectFrom('records').selectAll(), where).where('kind', '=', kind);
  return ofKind.where('record_key', 'in', keys).execute();
}

/**
 * Postgres trusts its statistics, which know nothing of records that have just arrived. It then reads all records of the
 * kind by another index. Only the primary key has the order that is asked for here: from each key on, the first record.
 */
async function findEach(
  db: Kysely<Schema>,
  { workspaceId, organisationId }: SyncPlace,
  { kind, keys }: Named,
): Promise<Selectable<RecordTable>[]> {
  const { rows } = await sql<Selectable<RecordTable>>`
    select found.*
    from unnest(${keys}::text[]) as wanted (record_key)
    cross join lateral (
      select * from records
      where (workspace_id, organisation_id, kind, record_key)
        >= (${workspaceId}, ${organisationId}, ${kind}, wanted.record_key)
      order by workspace_id, organisation_id, kind, record_key
      limit 1
    ) as found
    where found.workspace_id = ${workspaceId} and found.organisation_id = ${organisationId}
      and found.kind = ${kind} and found.record_key = wanted.record_key`.execute(db);
  return rows;
}

/** Far below the most parameters that a statement may have. */
const idsPerStatement = 500;

/** Records whose twins in Xero have these ids. */
export async function findByXeroIds(
  db: Kysely<Schema>,
  where: SyncPlace,
  { kind, xeroIds }: { kind: string; xeroIds: readonly string[] },
): Promise<RecordRow[]> {
  const found = [];
  for (const ids of chunksOf([...new Set(xeroIds)], idsPerStatement)) {
    const ofKind = inWorkspace(db.selectFrom('records').selectAll(), where).where('kind', '=', kind);
    found.push(...(await ofKind.where('xero_id', 'in', ids).execute()));
  }
  return found.map(toRecord);
}
