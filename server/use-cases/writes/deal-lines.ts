import { parseDetails } from './document-details.ts';
import { parseStoredDocument } from './stored-document.ts';
import type { Writing } from './writing.ts';

/** Which of the deal's own lines an invoice was made from already, and which invoice. */
export async function listInvoicedLines({
  deps,
  actor,
  caller,
}: Writing): Promise<{ index: number; number: string | null }[]> {
  const { record } = actor.session.claims;
  if (record.type !== 'deal') return [];
  const { workspaceId, organisationId } = caller;
  const key = { type: record.type, id: record.id };
  const writes = await deps.store.writes.listDone(workspaceId, organisationId, key, 'invoice');
  return writes.flatMap((write) => {
    const { number } = parseStoredDocument(write.result ?? '');
    return parseDetails(write).fromDealLines.map((index) => ({ index, number }));
  });
}
