import type { Insertable, Selectable, SelectQueryBuilder } from 'kysely';
import { z } from 'zod';
import type { SyncPlace } from '#server/sync-place.ts';
import { chunksOf } from '../../in-chunks.ts';
import type { RecordTable, Schema } from '../../schema.ts';
import type { RecordName, RecordPlace, RecordRow } from './record-store.ts';

export function inWorkspace<O>(
  query: SelectQueryBuilder<Schema, 'records', O>,
  { workspaceId, organisationId }: SyncPlace,
): SelectQueryBuilder<Schema, 'records', O> {
  return query.where('workspace_id', '=', workspaceId).where('organisation_id', '=', organisationId);
}

/** Far below the most parameters that a statement may have. */
const namesPerStatement = 500;

/** Names for statements that each find records of one kind by their key. Each name is there once. */
export function groupByKind(names: readonly RecordName[]): { kind: string; keys: string[] }[] {
  const kinds = [...new Set(names.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const keys = [...new Set(names.filter((name) => name.kind === kind).map(({ key }) => key))];
    return chunksOf(keys, namesPerStatement).map((chunk) => ({ kind, keys: chunk }));
  });
}

export function toPlace({ workspaceId, organisationId, kind, key }: RecordPlace) {
  return { workspace_id: workspaceId, organisation_id: organisationId, kind, record_key: key };
}

export function toRow(row: RecordRow): Insertable<RecordTable> {
  return {
    workspace_id: row.workspaceId,
    organisation_id: row.organisationId,
    kind: row.kind,
    record_key: row.key,
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
    memory: row.memory,
    blocked_on: row.blockedOn,
    run_id: row.runId,
  };
}

const originSchema = z.enum(['crm', 'xero']);
const wantedSchema = z.enum(['present', 'absent']);

export function toRecord(row: Selectable<RecordTable>): RecordRow {
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
    memory: row.memory,
    blockedOn: row.blocked_on,
    runId: row.run_id,
  };
}

/** Postgres returns a bigint as text. */
function toVersion(stored: number | null): number | null {
  return stored === null ? null : Number(stored);
}
