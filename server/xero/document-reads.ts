import type { Credit } from '#server/ledger/credit.ts';
import { listCredits } from './credits.ts';
import { getDocumentDetail, type XeroDocumentDetail } from './document-detail.ts';
import type { DocumentPlace } from './document-extras.ts';
import type { LoadedDocuments, XeroCaller } from './gateway.ts';
import { listDocumentsById } from './list-by-id.ts';
import { type ClosedPage, type ClosedQuestion, type KeepBlock, listClosedInvoices } from './list-closed-invoices.ts';
import { type ClosedQuotes, listClosedQuotes } from './list-closed-quotes.ts';
import { listOrganisationQuotes } from './list-documents.ts';
import type { ListDeps } from './read-pages.ts';

/** What lists, deals and companies ask of Xero; rejections as in `XeroGateway`. */
export type XeroReads = {
  /** Open quotes of these contacts, read with those of the whole organisation: at least 3 calls, one per 100 quotes. */
  listOrganisationQuotes(caller: XeroCaller, contactIds: readonly string[]): Promise<LoadedDocuments>;
  /** One page of PAID and VOIDED ones: one call, or beyond 40 contacts one per block that `keep` does not have. */
  listClosedInvoices(caller: XeroCaller, question: ClosedQuestion, keep: KeepBlock): Promise<ClosedPage>;
  /** DECLINED and INVOICED ones: one call per contact and 100 quotes of it, or the newest of the organisation. */
  listClosedQuotes(caller: XeroCaller, contactIds: readonly string[]): Promise<ClosedQuotes>;
  /** In any status; what Xero does not have is missing. One call per 40 invoices and bills, and one per quote. */
  listDocumentsById(caller: XeroCaller, places: readonly DocumentPlace[]): Promise<LoadedDocuments>;
  getDocumentDetail(caller: XeroCaller, place: DocumentPlace): Promise<XeroDocumentDetail>;
  /** All that is not used up in the organisation: three calls up to 1,000 of each kind. */
  listCredits(caller: XeroCaller): Promise<{ credits: Credit[]; asOf: string }>;
};

export function buildDocumentReads(lists: ListDeps): XeroReads {
  return {
    listOrganisationQuotes: (caller, contactIds) => listOrganisationQuotes(lists, caller, contactIds),
    listClosedInvoices: (caller, question, keep) => listClosedInvoices(lists, caller, question, keep),
    listClosedQuotes: (caller, contactIds) => listClosedQuotes(lists, caller, contactIds),
    listDocumentsById: (caller, places) => listDocumentsById(lists, caller, places),
    getDocumentDetail: (caller, place) => getDocumentDetail(lists.ask, caller, place),
    listCredits: (caller) => listCredits(lists, caller),
  };
}
