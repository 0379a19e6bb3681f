import type { Kysely } from 'kysely';
import { recordTypeSchema } from '#shared/contract/record.ts';
import { compileOnce } from '../compiled.ts';
import { chunksOf, inRecordChunks } from '../in-chunks.ts';
import type { Schema } from '../schema.ts';
import type { LinkRow, Store } from '../store.ts';
import { buildAudit } from './audit.ts';

export function buildLinks(db: Kysely<Schema>): Store['links'] {
  const find = compileOnce(db, selectLinks(db, '', '', '').where('record_id', '=', ''));
  return {
    find: async (workspaceId, organisationId, record) => {
      const row = await find(workspaceId, organisationId, record.type, record.id);
      return row && toLink(row);
    },
    list: async (workspaceId, organisationId, records) => {
      const rows = await inRecordChunks(records, (type, ids) =>
        selectLinks(db, workspaceId, organisationId, type).where('record_id', 'in', ids).execute(),
      );
      return rows.map(toLink);
    },
    put: (row) => putLink(db, row),
    remove: async (workspaceId, organisationId, record) => {
      const removed = await db
        .deleteFrom('links')
        .where('workspace_id', '=', workspaceId)
        .where('organisation_id', '=', organisationId)
        .where('record_type', '=', record.type)
        .where('record_id', '=', record.id)
        .returning('record_id')
        .execute();
      return removed.length > 0;
    },
    ...buildContactChanges(db),
  };
}

/** Applies changes of Xero contacts to the links of every workspace. */
function buildContactChanges(
  db: Kysely<Schema>,
): Pick<Store['links'], 'listByContacts' | 'describeContact' | 'moveContact'> {
  return {
    listByContacts: async (organisationId, contactIds) => {
      const rows: Schema['links'][] = [];
      for (const chunk of chunksOf(contactIds, contactsPerQuestion)) {
        rows.push(...(await selectByContacts(db, organisationId, chunk).execute()));
      }
      return rows.map(toLink);
    },
    describeContact: async (organisationId, contactId, { name, isArchived }) => {
      await db
        .updateTable('links')
        .set({ contact_name: name, contact_is_archived: Number(isArchived) })
        .where('organisation_id', '=', organisationId)
        .where('contact_id', '=', contactId)
        .execute();
    },
    moveContact: (organisationId, contactId, to, toAudit) =>
      db.transaction().execute(async (transaction) => {
        const links = (await selectByContacts(transaction, organisationId, [contactId]).execute()).map(toLink);
        await transaction
          .updateTable('links')
          .set({ contact_id: to.id, contact_name: to.name, contact_is_archived: Number(to.isArchived) })
          .where('organisation_id', '=', organisationId)
          .where('contact_id', '=', contactId)
          .execute();
        for (const link of links) await buildAudit(transaction).append(toAudit(link));
      }),
  };
}

/** Far below the most parameters that a statement may have. */
const contactsPerQuestion = 500;

function selectByContacts(db: Kysely<Schema>, organisationId: string, contactIds: readonly string[]) {
  return db
    .selectFrom('links')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('contact_id', 'in', contactIds);
}

function selectLinks(db: Kysely<Schema>, workspaceId: string, organisationId: string, recordType: string) {
  return db
    .selectFrom('links')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where('organisation_id', '=', organisationId)
    .where('record_type', '=', recordType);
}

async function putLink(db: Kysely<Schema>, row: LinkRow): Promise<void> {
  const values = {
    contact_id: row.contactId,
    contact_name: row.contactName,
    contact_is_archived: Number(row.isArchived),
    linked_by: row.linkedBy,
    linked_at: row.linkedAt,
  };
  await db
    .insertInto('links')
    .values({
      workspace_id: row.workspaceId,
      organisation_id: row.organisationId,
      record_type: row.record.type,
      record_id: row.record.id,
      ...values,
    })
    .onConflict((conflict) =>
      conflict.columns(['workspace_id', 'organisation_id', 'record_type', 'record_id']).doUpdateSet(values),
    )
    .execute();
}

function toLink(row: Schema['links']): LinkRow {
  return {
    workspaceId: row.workspace_id,
    organisationId: row.organisation_id,
    record: { type: recordTypeSchema.parse(row.record_type), id: row.record_id },
    contactId: row.contact_id,
    contactName: row.contact_name,
    isArchived: row.contact_is_archived !== 0,
    linkedBy: row.linked_by,
    linkedAt: row.linked_at,
  };
}
