import type { Kysely } from 'kysely';
import { z } from 'zod';
import { chunksOf } from '../in-chunks.ts';
import { inTransaction } from '../in-transaction.ts';
import type { Schema } from '../schema.ts';
import type { DealDocumentRow, Store } from '../store.ts';

const rowsPerStatement = 200;

export function buildDealDocuments(db: Kysely<Schema>): Store['dealDocuments'] {
  return {
    list: async (workspaceId, organisationId, dealId) => {
      const rows = await db
        .selectFrom('deal_documents')
        .selectAll()
        .where('workspace_id', '=', workspaceId)
        .where('organisation_id', '=', organisationId)
        .where('deal_id', '=', dealId)
        .execute();
      return rows.map(toDealDocument).toSorted(byChoice);
    },
    change: ({ workspaceId, organisationId, dealId }, { add, remove }) =>
      inTransaction(db, async (transaction) => {
        for (const { kind, documentId } of remove) {
          await transaction
            .deleteFrom('deal_documents')
            .where('workspace_id', '=', workspaceId)
            .where('organisation_id', '=', organisationId)
            .where('deal_id', '=', dealId)
            .where('kind', '=', kind)
            .where('document_id', '=', documentId)
            .execute();
        }
        await addDealDocuments(transaction, add);
      }),
  };
}

/** A document that is already chosen keeps its place. */
export async function addDealDocuments(db: Kysely<Schema>, rows: readonly DealDocumentRow[]): Promise<void> {
  for (const chunk of chunksOf(rows, rowsPerStatement)) {
    await db
      .insertInto('deal_documents')
      .values(chunk.map(toRow))
      .onConflict((conflict) =>
        conflict.columns(['workspace_id', 'organisation_id', 'deal_id', 'kind', 'document_id']).doNothing(),
      )
      .execute();
  }
}

function byChoice(a: DealDocumentRow, b: DealDocumentRow): number {
  if (a.chosenAt === b.chosenAt) return a.documentId < b.documentId ? -1 : 1;
  return a.chosenAt < b.chosenAt ? -1 : 1;
}

function toRow(row: DealDocumentRow): Schema['deal_documents'] {
  return {
    workspace_id: row.workspaceId,
    organisation_id: row.organisationId,
    deal_id: row.dealId,
    kind: row.kind,
    document_id: row.documentId,
    chosen_by: row.chosenBy,
    chosen_at: row.chosenAt,
  };
}

const kindSchema = z.enum(['quote', 'invoice', 'bill']);

/** Undefined for a kind of write that makes no document. */
export function findDocumentKind(kind: string): DealDocumentRow['kind'] | undefined {
  return kindSchema.safeParse(kind).data;
}

function toDealDocument(row: Schema['deal_documents']): DealDocumentRow {
  return {
    workspaceId: row.workspace_id,
    organisationId: row.organisation_id,
    dealId: row.deal_id,
    kind: kindSchema.parse(row.kind),
    documentId: row.document_id,
    chosenBy: row.chosen_by,
    chosenAt: row.chosen_at,
  };
}
