import type { Kysely } from 'kysely';
import { type AnyRecordKey, anyRecordTypeSchema } from '#shared/contract/record.ts';
import type { AuditTable, Schema } from '../schema.ts';
import type { AuditRow, AuditStore } from './audit-store.ts';

export function buildAudit(db: Kysely<Schema>): AuditStore {
  return {
    append: async (row) => {
      await db.insertInto('audit').values(toRow(row)).execute();
    },
    list: async (workspaceId, { limit, before, userId, action }) => {
      let query = db.selectFrom('audit').selectAll().where('workspace_id', '=', workspaceId);
      if (userId !== undefined) query = query.where('user_id', '=', userId);
      if (action !== undefined) query = query.where('action', '=', action);
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
    listUsers: async (workspaceId) => {
      const latest = db
        .selectFrom('audit')
        .select(['user_id', (row) => row.fn.max('at').as('at')])
        .where('workspace_id', '=', workspaceId)
        .groupBy('user_id')
        .as('latest');
      const rows = await db
        .selectFrom('audit')
        .innerJoin(latest, (join) =>
          join.onRef('latest.user_id', '=', 'audit.user_id').onRef('latest.at', '=', 'audit.at'),
        )
        .select(['audit.user_id as id', (row) => row.fn.max('audit.user_name').as('name')])
        .where('audit.workspace_id', '=', workspaceId)
        .groupBy('audit.user_id')
        .execute();
      return rows.sort((a, b) => a.name.localeCompare(b.name) || (a.id < b.id ? -1 : 1));
    },
  };
}

function toRow({ record, ...row }: AuditRow): AuditTable {
  return {
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
    document_kind: row.documentKind,
    outcome: row.outcome,
    request_id: row.requestId,
    details: row.details,
  };
}

function toAudit(row: AuditTable): AuditRow {
  return {
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
    documentKind: row.document_kind,
    outcome: row.outcome,
    requestId: row.request_id,
    details: row.details,
  };
}

function toRecord(row: AuditTable): AnyRecordKey | null {
  return row.record_type === null || row.record_id === null
    ? null
    : { type: anyRecordTypeSchema.parse(row.record_type), id: row.record_id };
}
