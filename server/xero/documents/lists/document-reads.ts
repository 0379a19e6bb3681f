import type { LoadedDocuments, XeroCaller, XeroContactRow } from '#server/xero/gateway.ts';
import type { DocumentRef } from '#shared/document-kinds.ts';
import type { LoadedCredits } from '../credits.ts';
import type { XeroDocumentDetail } from '../document-detail.ts';
import type { DocumentHeader } from '../document-header.ts';
import type { ChangedContact } from './list-changes.ts';
import type { ClosedPage, ClosedQuestion, KeepBlock } from './list-closed-invoices.ts';
import type { ClosedQuotes } from './list-closed-quotes.ts';
import type { ChangedRows } from './read-changes.ts';

/** What lists, deals and companies ask of Xero; rejections as in `XeroGateway`. */
export type XeroReads = {
  /** Open quotes of these contacts, read with those of the whole organisation: at least 3 calls, one per 100 quotes. */
  listOrganisationQuotes(caller: XeroCaller, contactIds: readonly string[]): Promise<LoadedDocuments>;
  /** One page of PAID and VOIDED ones: one call, or beyond 40 contacts one per block that `keep` does not have. */
  listClosedInvoices(caller: XeroCaller, question: ClosedQuestion, keep: KeepBlock): Promise<ClosedPage>;
  /** DECLINED and INVOICED ones: one call per contact and 100 quotes of it, or the newest of the organisation. */
  listClosedQuotes(caller: XeroCaller, contactIds: readonly string[]): Promise<ClosedQuotes>;
  /** In any status; what Xero does not have is missing. One call per 40 invoices and bills, and one per quote. */
  listDocumentsById(caller: XeroCaller, places: readonly DocumentRef[]): Promise<LoadedDocuments>;
  getDocumentDetail(caller: XeroCaller, place: DocumentRef): Promise<XeroDocumentDetail>;
  /** All that is not used up in the organisation: three calls up to 1,000 of each kind. */
  listCredits(caller: XeroCaller): Promise<LoadedCredits>;
};

/** What the change stream asks: of the whole organisation, `since` an instant of Xero's clock. */
export type XeroChanges = {
  /** In any status: one call per 1,000, one where nothing changed. */
  listInvoicesChangedSince(caller: XeroCaller, since: string): Promise<ChangedRows<DocumentHeader>>;
  /** In any status: one call per 100. */
  listQuotesChangedSince(caller: XeroCaller, since: string): Promise<ChangedRows<DocumentHeader>>;
  /** Archived ones too: one call per 1,000. */
  listContactsChangedSince(caller: XeroCaller, since: string): Promise<ChangedRows<ChangedContact>>;
  /** Archived ones too; one call per 40. */
  listContactsById(caller: XeroCaller, contactIds: readonly string[]): Promise<XeroContactRow[]>;
};
