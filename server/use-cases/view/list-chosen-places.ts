import type { DocumentPlace } from '#server/ledger/entries/kept-documents.ts';
import type { DealDocumentRow } from '#server/store/store.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import type { Right } from '#shared/contract/record.ts';

/** What was chosen for a deal, in the order of choice; bills only for who may see them. */
export async function listChosenPlaces(
  { deps, connection, principal: person }: PersonActing,
  dealId: string,
): Promise<DocumentPlace[]> {
  const { workspaceId, organisationId } = connection;
  const rows = await deps.store.dealDocuments.list(workspaceId, organisationId, dealId);
  return toSeenPlaces(rows, person.rights);
}

export function toSeenPlaces(rows: readonly DealDocumentRow[], rights: readonly Right[]): DocumentPlace[] {
  return rows
    .filter(({ kind }) => kind !== 'bill' || rights.includes('viewBills'))
    .map(({ kind, documentId }) => ({ kind, id: documentId }));
}
