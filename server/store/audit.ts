import type { Kysely } from 'kysely';
import { type RecordKey, recordTypeSchema } from '#shared/contract/record.ts';
import type { AuditTable, Schema } from './schema.ts';
import type { AuditRow, Store } from './store.ts';

export const buildAudit = (db: Kysely<Schema>): Store['audit'] => ({
  append: async (row) => {
    await db.insertInto('audit').values(toRow(row)).execute();
  },
  list: async (workspaceId, { limit, before }) => {
    let query = db.selectFrom('audit').selectAll().where('workspace_id', '=', workspaceId);
    if (before !== undefined) {
      query = query.where(({ eb, refTuple, selectFrom }) =>
        eb(
          refTuple('at', 'id'),
          '<',
          selectFrom('audit')
            .select(['at', 'id'])
            .where('workspace_id', '=', workspaceId)
            .where('id', '=', before)
            .$asTuple('at', 'id'),
        ),
      );
    }
    return (await query.orderBy('at', 'desc').orderBy('id', 'desc').limit(limit).execute()).map(toAudit);
  },
});

const toRow = ({ record, ...row }: AuditRow): AuditTable => ({
  id: row.id,
  workspace_id: row.workspaceId,
  organisation_id: row.organisationId,
  at: row.at,
  user_id: row.userId,
  user_name: row.userName,
  action: row.action,
  record_type: record?.type ?? null,
  record_id: record?.id ?? null,
  contact_id: row.contactId,
  document_id: row.documentId,
  outcome: row.outcome,
  request_id: row.requestId,
});

const toAudit = (row: AuditTable): AuditRow => ({
  id: row.id,
  workspaceId: row.workspace_id,
  organisationId: row.organisation_id,
  at: row.at,
  userId: row.user_id,
  userName: row.user_name,
  action: row.action,
  record: toRecord(row),
  contactId: row.contact_id,
  documentId: row.document_id,
  outcome: row.outcome,
  requestId: row.request_id,
});

const toRecord = (row: AuditTable): RecordKey | null =>
  row.record_type === null || row.record_id === null
    ? null
    : { type: recordTypeSchema.parse(row.record_type), id: row.record_id };
