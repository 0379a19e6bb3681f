import type { DocumentPlace } from '../ledger/kept-documents.ts';
import type { Viewing } from './figures.ts';

/** What was chosen for a deal, in the order of choice; bills only for who may see them. */
export async function listChosenPlaces(
  { deps, connection, actor }: Pick<Viewing, 'deps' | 'connection' | 'actor'>,
  dealId: string,
): Promise<DocumentPlace[]> {
  const { workspaceId, organisationId } = connection;
  const rows = await deps.store.dealDocuments.list(workspaceId, organisationId, dealId);
  const canViewBills = actor.rights.includes('viewBills');
  return rows
    .filter(({ kind }) => kind !== 'bill' || canViewBills)
    .map(({ kind, documentId }) => ({ kind, id: documentId }));
}
