import { parseDetails } from './document-details.ts';
import { parseStoredDocument } from './stored-document.ts';
import type { Writing } from './writing.ts';

export type InvoicedLine = { index: number; number: string | null };

/** Which of the deal's own lines stand on an invoice now: one that was deleted or voided in Xero frees its lines. */
export async function listInvoicedLines({ deps, actor, caller }: Writing): Promise<InvoicedLine[]> {
  const { record } = actor.session.claims;
  if (record.type !== 'deal') return [];
  const { workspaceId, organisationId } = caller;
  const key = { type: record.type, id: record.id };
  const writes = await deps.store.writes.listDone(workspaceId, organisationId, key, 'invoice');
  const lines = writes.flatMap((write) => {
    const { id, number } = parseStoredDocument(write.result ?? '');
    return parseDetails(write).fromDealLines.map((index) => ({ id, index, number }));
  });
  const gone = await listGone({ deps, caller }, [...new Set(lines.map(({ id }) => id))]);
  return lines.filter(({ id }) => !gone.has(id)).map(({ index, number }) => ({ index, number }));
}

async function listGone({ deps, caller }: Pick<Writing, 'deps' | 'caller'>, ids: readonly string[]) {
  if (ids.length === 0) return new Set<string>();
  const places = ids.map((id) => ({ kind: 'invoice' as const, id }));
  const { documents } = await deps.xero.listDocumentsById(caller, places);
  const standing = documents.filter(({ status }) => status !== 'DELETED' && status !== 'VOIDED');
  return new Set(ids.filter((id) => !standing.some((document) => document.id === id)));
}
