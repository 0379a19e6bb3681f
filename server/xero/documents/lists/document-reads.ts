import type { LoadedDocuments, XeroCaller, XeroContactRow } from '#server/xero/gateway.ts';
import type { DocumentRef } from '#shared/document-kinds.ts';
import type { LoadedCredits } from '../credits.ts';
import type { XeroDocumentDetail } from '../document-detail.ts';
import type { DocumentHeader } from '../document-header.ts';
import type { ChangedContact } from './list-changes.ts';
import type { ClosedPage, ClosedQuestion, KeepBlock } from './list-closed-invoices.ts';
import type { ClosedQuotes } from './list-closed-quotes.ts';
import type { ChangedRows } from './read-changes.ts';

/** What lists, deals and companies ask of Xero. They reject as described at `XeroGateway`. */
export type XeroReads = {
  /** Open quotes of these contacts, filtered from the whole organisation's: at least 3 calls, one per 100 quotes. */
  listOrganisationQuotes(caller: XeroCaller, contactIds: readonly string[]): Promise<LoadedDocuments>;
  /** One page of PAID and VOIDED documents: one call, or beyond 40 contacts one per block that `keep` does not have. */
  listClosedInvoices(caller: XeroCaller, question: ClosedQuestion, keep: KeepBlock): Promise<ClosedPage>;
  /** DECLINED and INVOICED quotes: one call per contact and 100 quotes, or the newest of the organisation. */
  listClosedQuotes(caller: XeroCaller, contactIds: readonly string[]): Promise<ClosedQuotes>;
  /**
   * In any status. Documents that Xero does not have are missing. One call per 40 invoices and bills, and one per
   * quote.
   */
  listDocumentsById(caller: XeroCaller, refs: readonly DocumentRef[]): Promise<LoadedDocuments>;
  getDocumentDetail(caller: XeroCaller, ref: DocumentRef): Promise<XeroDocumentDetail>;
  /** All unused credit in the organisation: three calls for up to 1,000 of each kind. */
  listCredits(caller: XeroCaller): Promise<LoadedCredits>;
};

/** What the change stream asks of the whole organisation. `since` is an instant by Xero's clock. */
export type XeroChanges = {
  /** In any status: one call per 1,000 changes, and at least one call. */
  listInvoicesChangedSince(caller: XeroCaller, since: string): Promise<ChangedRows<DocumentHeader>>;
  /** In any status: one call per 100. */
  listQuotesChangedSince(caller: XeroCaller, since: string): Promise<ChangedRows<DocumentHeader>>;
  /** Including archived contacts: one call per 1,000. */
  listContactsChangedSince(caller: XeroCaller, since: string): Promise<ChangedRows<ChangedContact>>;
  /** Including archived contacts: one call per 40. */
  listContactsById(caller: XeroCaller, contactIds: readonly string[]): Promise<XeroContactRow[]>;
};
