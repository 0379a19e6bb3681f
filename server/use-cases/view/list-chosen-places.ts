import type { DealDocumentRow } from '#server/store/store.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import type { Right } from '#shared/contract/record.ts';
import { canSeeKind, type DocumentRef } from '#shared/document-kinds.ts';

/** The documents chosen for a deal, in that order. Bills only for people who may view them. */
export async function listChosenPlaces(
  { deps, connection, principal: person }: PersonActing,
  dealId: string,
): Promise<DocumentRef[]> {
  const { workspaceId, organisationId } = connection;
  const rows = await deps.store.dealDocuments.list(workspaceId, organisationId, dealId);
  return toSeenPlaces(rows, person.rights);
}

export function toSeenPlaces(rows: readonly DealDocumentRow[], rights: readonly Right[]): DocumentRef[] {
  return rows.filter(({ kind }) => canSeeKind(rights, kind)).map(({ kind, documentId }) => ({ kind, id: documentId }));
}
