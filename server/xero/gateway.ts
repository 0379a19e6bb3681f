import type { SendGate } from '#server/xero/calling/send-gate.ts';
import type { XeroDocument } from '#server/xero/documents/document.ts';
import type { NewAttachment, XeroAttachment } from '#server/xero/documents/document-extras.ts';
import type { DocumentHeader, UnreadableDocument } from '#server/xero/documents/document-header.ts';
import type { ChangedQuote, QuoteStatusChange } from '#server/xero/documents/writes/change-quote-status.ts';
import type { QuoteSearch, SearchResult, WrittenSearch } from '#server/xero/documents/writes/find-written.ts';
import type { MadeInvoices } from '#server/xero/documents/writes/list-made-invoices.ts';
import type { DocumentWrite, InvoiceUpdate } from '#server/xero/documents/writes/write-documents.ts';
import type { Choices, ChoicesContact, PaymentTerms } from '#shared/contract/choices.ts';
import type { Address } from '#shared/contract/record.ts';
import type { DocumentRef } from '#shared/document-kinds.ts';

/**
 * Who a call to Xero is for. Calls for waiting people come before background work. `stream`: changes of the whole
 * organisation, which keep everybody's figures fresh. `sync`: the CRM's records on their way, which come last.
 */
export type XeroCaller = {
  workspaceId: string;
  organisationId: string;
  priority: 'person' | 'stream' | 'background' | 'sync';
  signal?: AbortSignal;
  /** Runs before each sending of a write. */
  gate?: SendGate;
  /** Counts the calls. */
  onCall?(): void;
};

export type XeroOrganisation = {
  id: string;
  name: string;
  baseCurrency: string;
  /** Starts with `!`. */
  shortCode: string | null;
  countryCode: string | null;
  /** IANA name. */
  timeZone: string;
  periodLockDate: string | null;
  endOfYearLockDate: string | null;
  /** Applies to contacts without their own terms. Absent in values stored by an earlier release. */
  paymentTerms?: PaymentTerms;
};

export type XeroContactRow = {
  id: string;
  name: string;
  firstName: string | null;
  lastName: string | null;
  email: string | null;
  accountNumber: string | null;
  contactNumber: string | null;
  isArchived: boolean;
  mergedToContactId: string | null;
  /** Absent in values stored by an earlier release. */
  taxNumber?: string | null;
};

export type FoundContacts = { contacts: XeroContactRow[]; isWhole: boolean };

export type NewXeroContact = {
  name: string;
  firstName?: string;
  lastName?: string;
  email?: string;
  phone?: string;
  address?: Address;
  /** Assigned by us, to find the contact again; unique, at most 50 characters. */
  contactNumber: string;
};

export type XeroConnection = { id: string; tenantId: string; tenantName: string | null; authEventId: string | null };

export type XeroChoices = Pick<
  Choices,
  'accounts' | 'taxRates' | 'items' | 'tracking' | 'currencies' | 'brandingThemes'
>;

/** `asOf`: an instant by Xero's clock when it answered. Anything written after it was changed later. */
export type XeroContactDefaults = { contact: XeroContactRow; asOf: string } & Omit<
  ChoicesContact,
  'id' | 'name' | 'email' | 'isArchived'
>;

/**
 * `asOf`: Xero's clock (the Date header of the first page) as an ISO instant. Each `unreadable` document may be one
 * that was asked for. If its contact could not be parsed either, it may belong to any of the requested contacts.
 */
export type LoadedDocuments = { documents: DocumentHeader[]; unreadable: UnreadableDocument[]; asOf: string };

/** What Xero returned about a bill with this number. */
export type KnownBill = { number: string; date: string | null };

/**
 * One function per question to Xero. Every rejection is an AppError with one of the codes xero_* or reconnect_needed
 * (source: the error catalogue). Xero's validation messages are in `details.errors` (path: the field's name if known,
 * otherwise '').
 */
export interface XeroGateway {
  getOrganisation(caller: XeroCaller): Promise<XeroOrganisation>;
  /** Invoices and bills in DRAFT, SUBMITTED and AUTHORISED: one call per 40 contacts and 1,000 documents. */
  listOpenInvoices(caller: XeroCaller, contactIds: readonly string[]): Promise<LoadedDocuments>;
  /** All quotes of one contact that are DRAFT, SENT or ACCEPTED: one call per 100 quotes. */
  listQuotes(caller: XeroCaller, contactId: string): Promise<LoadedDocuments>;
  /** Active contacts by Xero's own search; at most 100. */
  searchContacts(caller: XeroCaller, term: string): Promise<XeroContactRow[]>;
  /** Active contacts with exactly this account number, which Xero's own search does not cover. */
  findContactsByAccountNumber(caller: XeroCaller, accountNumber: string): Promise<XeroContactRow[]>;
  /**
   * Active contacts with exactly this number, which we assigned. `isWhole`: an empty result means that there is none.
   */
  findContactsByNumber(caller: XeroCaller, contactNumber: string): Promise<FoundContacts>;
  /** By id, including archived contacts. Follows MergedToContactID (at most 5 steps). Rejects with xero_not_found. */
  getContact(caller: XeroCaller, contactId: string): Promise<XeroContactRow>;
  /** Rejects with xero_rejected; `details.extension.nameTaken` is true when the name belongs to another contact. */
  createContact(caller: XeroCaller, body: NewXeroContact, idempotencyKey: string): Promise<XeroContactRow>;
  /** Active accounts, tax rates, items, tracking, currencies and branding themes: one call per list. */
  listChoices(caller: XeroCaller): Promise<XeroChoices>;
  /** Like `getContact`, with the contact's defaults for documents. */
  getContactDefaults(caller: XeroCaller, contactId: string): Promise<XeroContactDefaults>;
  /** Sends exactly these bytes. A refusal is xero_rejected, with `details.errors` by field of the form. */
  createDocument(caller: XeroCaller, write: DocumentWrite): Promise<XeroDocument>;
  /** For an invoice or a bill. Members that are left out stay as they are. */
  updateInvoice(caller: XeroCaller, write: InvoiceUpdate): Promise<XeroDocument>;
  /** Changes only the quote's status. Compare the totals of `before` and `after`. */
  changeQuoteStatus(caller: XeroCaller, change: QuoteStatusChange): Promise<ChangedQuote>;
  /** In any status. Rejects with xero_not_found, also when the id belongs to another kind. */
  getDocument(caller: XeroCaller, ref: DocumentRef): Promise<XeroDocument>;
  /** Invoices or bills whose Url contains a write's id: what an earlier sending of it created. */
  findWrittenInvoices(caller: XeroCaller, search: WrittenSearch): Promise<SearchResult>;
  /**
   * Sales invoices of these contacts that this app made, that are neither voided nor deleted, and whose Url contains
   * the mark.
   */
  listMadeInvoices(caller: XeroCaller, made: { contactIds: readonly string[]; mark: string }): Promise<MadeInvoices>;
  /** Quotes that may have been created by a write. */
  findWrittenQuotes(caller: XeroCaller, search: QuoteSearch): Promise<SearchResult>;
  findBillsByNumber(caller: XeroCaller, bill: { contactId: string; number: string }): Promise<KnownBill[]>;
  attachFile(
    caller: XeroCaller,
    ref: DocumentRef,
    attachment: NewAttachment & { idempotencyKey: string },
  ): Promise<void>;
  /** Gives a file that an invoice or bill has under this name other content. */
  replaceInvoiceFile(
    caller: XeroCaller,
    id: string,
    attachment: NewAttachment & { idempotencyKey: string },
  ): Promise<void>;
  listAttachments(caller: XeroCaller, ref: DocumentRef): Promise<XeroAttachment[]>;
  /** Adds a note; `json` is sent unchanged. */
  addHistory(caller: XeroCaller, ref: DocumentRef, note: { json: string; idempotencyKey: string }): Promise<void>;
  listHistory(caller: XeroCaller, ref: DocumentRef): Promise<string[]>;
  emailInvoice(caller: XeroCaller, id: string, idempotencyKey: string): Promise<void>;
  getPdf(caller: XeroCaller, ref: DocumentRef): Promise<Buffer>;
  getOnlineInvoiceUrl(caller: XeroCaller, id: string): Promise<string | null>;
  /** The connections of this access token, or only those of one consent when its event id is given. */
  listConnections(accessToken: string, how?: { authEventId?: string }): Promise<XeroConnection[]>;
  /**
   * Checks in Xero's list whether the connection still exists; a doubted one is also tested with a call. Rejects with
   * reconnect_needed when it is lost.
   */
  checkConnection(caller: XeroCaller, how: { isDoubted: boolean }): Promise<void>;
  /** True when Xero removed the connection or no longer knew it. */
  deleteConnection(accessToken: string, connectionId: string): Promise<boolean>;
}
