import { readDate } from '#server/xero/answers/read-answer.ts';
import { getInvoices } from '#server/xero/endpoints/invoices.ts';
import { idsPerCall } from '#server/xero/endpoints/limits.ts';
import { getQuoteById } from '#server/xero/endpoints/quotes.ts';
import type { LoadedDocuments, XeroCaller } from '#server/xero/gateway.ts';
import type { XeroDeps } from '#server/xero/xero-deps.ts';
import { AppError } from '#shared/app-error.ts';
import type { DocumentRef } from '#shared/document-kinds.ts';
import type { UnreadableDocument } from '../document-header.ts';
import {
  allInvoiceStatuses,
  allQuoteStatuses,
  type DocumentRow,
  parseInvoices,
  parseQuotes,
} from '../parse-documents.ts';
import { earliestOf, noteUnreadable, type Page, toChunks } from './read-pages.ts';

/**
 * Reads these documents in any state: 40 invoices and bills per call, and one quote per call, because Xero cannot list
 * quotes by id. A document that Xero does not have, or has as another kind, is missing from the answer.
 */
export async function listDocumentsById(
  deps: XeroDeps,
  caller: XeroCaller,
  refs: readonly DocumentRef[],
): Promise<LoadedDocuments> {
  const quotes = refs.filter(({ kind }) => kind === 'quote');
  const owed = refs.filter(({ kind }) => kind !== 'quote');
  const ids = [...new Set(owed.map(({ id }) => id.toLowerCase()))];
  const loads = await Promise.all([
    ...toChunks(ids, idsPerCall).map((chunk) => askForInvoices(deps, caller, chunk)),
    ...quotes.map((ref) => askForQuote(deps, caller, ref)),
  ]);
  const rows = loads.flatMap((load) => load.rows);
  const asked = new Set(refs.map(({ kind, id }) => `${kind} ${id.toLowerCase()}`));
  const documents = rows.flatMap(({ document }) =>
    document && asked.has(`${document.kind} ${document.id}`) ? [document] : [],
  );
  return { documents, unreadable: findUnreadable(rows, refs), asOf: earliestOf(deps, loads) };
}

/** If a row's kind cannot be parsed, it has the kind that was asked for. A row without an id may be any of them. */
function findUnreadable(rows: readonly DocumentRow[], refs: readonly DocumentRef[]): UnreadableDocument[] {
  const kinds = new Map(refs.map(({ kind, id }) => [id.toLowerCase(), kind]));
  return rows.flatMap(({ unreadable }) => {
    const kind = unreadable?.id && kinds.get(unreadable.id);
    return unreadable && kind && (unreadable.kind ?? kind) === kind ? [{ ...unreadable, kind }] : [];
  });
}

async function askForQuote(deps: XeroDeps, caller: XeroCaller, { id }: DocumentRef): Promise<Page> {
  try {
    const answer = await deps.ask(caller, getQuoteById({ id }));
    const page = parseQuotes(answer, allQuoteStatuses);
    noteUnreadable(deps, 'quotes', page);
    return { ...page, asOf: readDate(answer, deps.clock.now()) };
  } catch (error) {
    const isGone = error instanceof AppError && error.code === 'xero_not_found';
    if (isGone) return { rows: [], rowKeys: [], pagination: null, asOf: deps.clock.now().toISOString() };
    throw error;
  }
}

async function askForInvoices(deps: XeroDeps, caller: XeroCaller, ids: string[]): Promise<Page> {
  const statuses = allInvoiceStatuses;
  const question = getInvoices({ ids, statuses, summaryOnly: true, page: 1, pageSize: idsPerCall });
  const answer = await deps.ask(caller, question);
  const page = parseInvoices(answer, statuses);
  noteUnreadable(deps, 'invoices', page);
  return { ...page, asOf: readDate(answer, deps.clock.now()) };
}
