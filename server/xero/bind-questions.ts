import type { XeroBills } from '#server/xero/arrivals/bills.ts';
import { listBillsById, listBillsSince } from '#server/xero/arrivals/list-bills.ts';
import * as contacts from '#server/xero/contacts/contacts.ts';
import { listCredits } from '#server/xero/documents/credits.ts';
import { getDocumentDetail } from '#server/xero/documents/document-detail.ts';
import * as extras from '#server/xero/documents/document-extras.ts';
import type { XeroChanges, XeroReads } from '#server/xero/documents/lists/document-reads.ts';
import { findBillsByNumber, getDocument } from '#server/xero/documents/lists/find-documents.ts';
import { listDocumentsById } from '#server/xero/documents/lists/list-by-id.ts';
import * as changes from '#server/xero/documents/lists/list-changes.ts';
import { listClosedInvoices } from '#server/xero/documents/lists/list-closed-invoices.ts';
import { listClosedQuotes } from '#server/xero/documents/lists/list-closed-quotes.ts';
import { listOpenInvoices, listOrganisationQuotes, listQuotes } from '#server/xero/documents/lists/list-documents.ts';
import { changeQuoteStatus } from '#server/xero/documents/writes/change-quote-status.ts';
import { findWrittenInvoices, findWrittenQuotes } from '#server/xero/documents/writes/find-written.ts';
import { listMadeInvoices } from '#server/xero/documents/writes/list-made-invoices.ts';
import { createDocument, updateInvoice } from '#server/xero/documents/writes/write-documents.ts';
import { getContactDefaults, listChoices } from '#server/xero/organisation/choices.ts';
import { getOrganisation } from '#server/xero/organisation/get-organisation.ts';
import { createAllocations, deleteAllocation } from '#server/xero/records/allocations.ts';
import * as groups from '#server/xero/records/contact-groups.ts';
import { findRecords } from '#server/xero/records/find-records.ts';
import { listSyncLists } from '#server/xero/records/list-sync-lists.ts';
import { deletePayment } from '#server/xero/records/payments.ts';
import { readRecords } from '#server/xero/records/read-records.ts';
import type { XeroRecords } from '#server/xero/records/records.ts';
import { createRecords, updateRecords } from '#server/xero/records/write-records.ts';
import type { XeroCaller, XeroGateway } from './gateway.ts';
import type { XeroDeps } from './xero-deps.ts';

/** The gateway's functions that call the accounting API. Connections are handled elsewhere. */
export type BoundQuestions = Omit<XeroGateway, 'listConnections' | 'checkConnection' | 'deleteConnection'> &
  XeroReads &
  XeroChanges &
  XeroRecords &
  XeroBills;

/** Every function of the gateway is `(deps, caller, ...rest)`. Binding its deps gives `(caller, ...rest)`. */
function buildBind(deps: XeroDeps) {
  return <Rest extends unknown[], Answer>(question: (deps: XeroDeps, caller: XeroCaller, ...rest: Rest) => Answer) =>
    (caller: XeroCaller, ...rest: Rest): Answer =>
      question(deps, caller, ...rest);
}

/** The gateway's table. A new question needs a function and a line here. */
export function bindQuestions(deps: XeroDeps): BoundQuestions {
  const bind = buildBind(deps);
  return {
    getOrganisation: bind(getOrganisation),
    listChoices: bind(listChoices),
    getContactDefaults: bind(getContactDefaults),
    searchContacts: bind(contacts.searchContacts),
    findContactsByAccountNumber: bind(contacts.findContactsByAccountNumber),
    findContactsByNumber: bind(contacts.findContactsByNumber),
    getContact: bind(contacts.getContact),
    createContact: bind(contacts.createContact),
    listOpenInvoices: bind(listOpenInvoices),
    listQuotes: bind(listQuotes),
    listOrganisationQuotes: bind(listOrganisationQuotes),
    listClosedInvoices: bind(listClosedInvoices),
    listClosedQuotes: bind(listClosedQuotes),
    listDocumentsById: bind(listDocumentsById),
    listCredits: bind(listCredits),
    listInvoicesChangedSince: bind(changes.listInvoicesChangedSince),
    listQuotesChangedSince: bind(changes.listQuotesChangedSince),
    listContactsChangedSince: bind(changes.listContactsChangedSince),
    listContactsById: bind(changes.listContactsById),
    getDocument: bind(getDocument),
    getDocumentDetail: bind(getDocumentDetail),
    findBillsByNumber: bind(findBillsByNumber),
    createDocument: bind(createDocument),
    updateInvoice: bind(updateInvoice),
    changeQuoteStatus: bind(changeQuoteStatus),
    findWrittenInvoices: bind(findWrittenInvoices),
    findWrittenQuotes: bind(findWrittenQuotes),
    listMadeInvoices: bind(listMadeInvoices),
    attachFile: bind(extras.attachFile),
    replaceInvoiceFile: bind(extras.replaceInvoiceFile),
    listAttachments: bind(extras.listAttachments),
    addHistory: bind(extras.addHistory),
    listHistory: bind(extras.listHistory),
    emailInvoice: bind(extras.emailInvoice),
    getPdf: bind(extras.getPdf),
    getOnlineInvoiceUrl: bind(extras.getOnlineInvoiceUrl),
    ...bindSync(deps),
  };
}

/** What sync sends and brings. */
function bindSync(deps: XeroDeps): XeroRecords & XeroBills {
  const bind = buildBind(deps);
  return {
    listBillsSince: bind(listBillsSince),
    listBillsById: bind(listBillsById),
    createRecords: bind(createRecords),
    updateRecords: bind(updateRecords),
    readRecords: bind(readRecords),
    findRecords: bind(findRecords),
    deletePayment: bind(deletePayment),
    createAllocations: bind(createAllocations),
    deleteAllocation: bind(deleteAllocation),
    listSyncLists: bind(listSyncLists),
    listContactGroups: bind(groups.listContactGroups),
    createContactGroup: bind(groups.createContactGroup),
    addToContactGroup: bind(groups.addToContactGroup),
    removeFromContactGroup: bind(groups.removeFromContactGroup),
  };
}
