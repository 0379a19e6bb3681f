import { AppError } from '#shared/app-error.ts';
import type { DocumentPlace } from './document-extras.ts';
import { readDocument } from './find-documents.ts';
import type { LoadedDocuments, XeroCaller } from './gateway.ts';
import { idsPerCall } from './list-documents.ts';
import { allInvoiceStatuses, parseInvoices } from './parse-documents.ts';
import { readDate } from './read-answer.ts';
import { earliestOf, type ListDeps, type Page, toChunks } from './read-pages.ts';

/**
 * These documents in whatever state they are: 40 invoices and bills a call, a quote a call, as Xero has no list of
 * quotes by id. What Xero does not have, or has as another kind, is missing from the answer.
 */
export async function listDocumentsById(
  deps: ListDeps,
  caller: XeroCaller,
  places: readonly DocumentPlace[],
): Promise<LoadedDocuments> {
  const quotes = places.filter(({ kind }) => kind === 'quote');
  const owed = places.filter(({ kind }) => kind !== 'quote');
  const ids = [...new Set(owed.map(({ id }) => id.toLowerCase()))];
  const loads = await Promise.all([
    ...toChunks(ids, idsPerCall).map((chunk) => askForInvoices(deps, caller, chunk)),
    ...quotes.map((place) => askForQuote(deps, caller, place)),
  ]);
  const asked = new Set(places.map(({ kind, id }) => `${kind} ${id.toLowerCase()}`));
  const documents = loads.flatMap((load) => load.documents).filter(({ kind, id }) => asked.has(`${kind} ${id}`));
  return { documents, asOf: earliestOf(deps, loads) };
}

async function askForQuote(deps: ListDeps, caller: XeroCaller, place: DocumentPlace): Promise<LoadedDocuments> {
  const now = deps.now().toISOString();
  try {
    const { document, asOf } = await readDocument(deps.ask, caller, place);
    return { documents: [document], asOf: asOf ?? now };
  } catch (error) {
    if (error instanceof AppError && error.code === 'xero_not_found') return { documents: [], asOf: now };
    throw error;
  }
}

async function askForInvoices(deps: ListDeps, caller: XeroCaller, ids: string[]): Promise<Page> {
  const answer = await deps.ask(caller, {
    name: 'GET /Invoices',
    send: (api, tenantId) =>
      api.getInvoices(
        tenantId,
        undefined, // ifModifiedSince
        undefined, // where
        undefined, // order
        ids,
        undefined, // invoiceNumbers
        undefined, // contactIDs
        [...allInvoiceStatuses],
        1,
        undefined, // includeArchived
        undefined, // createdByMyApp
        undefined, // unitdp
        true, // summaryOnly
        idsPerCall,
      ),
  });
  return { ...parseInvoices(answer, allInvoiceStatuses), asOf: readDate(answer, deps.now()) };
}
