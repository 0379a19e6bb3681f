import type { SendGate } from '#server/xero/calling/send-gate.ts';
import type { XeroDocument } from '#server/xero/documents/document.ts';
import type { NewAttachment } from '#server/xero/documents/document-extras.ts';
import type { DocumentHeader, UnreadableDocument } from '#server/xero/documents/document-header.ts';
import type { ChangedQuote, QuoteStatusChange } from '#server/xero/documents/writes/change-quote-status.ts';
import type { MadeInvoices } from '#server/xero/documents/writes/list-made-invoices.ts';
import type { Looked, QuoteLook, WrittenLook } from '#server/xero/documents/writes/look-for-writes.ts';
import type { DocumentWrite, InvoiceUpdate } from '#server/xero/documents/writes/write-documents.ts';
import type { Choices, ChoicesContact, PaymentTerms } from '#shared/contract/choices.ts';
import type { Address } from '#shared/contract/record.ts';
import type { DocumentRef } from '#shared/document-kinds.ts';

/**
 * On whose behalf Xero is asked. People who wait come before work in the background. `stream`: what changed in the whole
 * organisation, which keeps everybody's figures fresh.
 */
export type XeroCaller = {
  workspaceId: string;
  organisationId: string;
  priority: 'person' | 'stream' | 'background';
  signal?: AbortSignal;
  /** Before each sending of a write. */
  gate?: SendGate;
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
  /** What counts for contacts that have none of their own; absent where it was stored before this was read. */
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
};

export type FoundContacts = { contacts: XeroContactRow[]; isWhole: boolean };

export type NewXeroContact = {
  name: string;
  firstName?: string;
  lastName?: string;
  email?: string;
  phone?: string;
  address?: Address;
  /** Ours to find it again by; unique, at most 50 characters. */
  contactNumber: string;
};

export type XeroConnection = { id: string; tenantId: string; tenantName: string | null; authEventId: string | null };

export type XeroChoices = Pick<
  Choices,
  'accounts' | 'taxRates' | 'items' | 'tracking' | 'currencies' | 'brandingThemes'
>;

/** `asOf`: Xero's clock when it told, an instant; what is written after it has changed later than that. */
export type XeroContactDefaults = { contact: XeroContactRow; asOf: string } & Omit<
  ChoicesContact,
  'id' | 'name' | 'email' | 'isArchived'
>;

/**
 * `asOf`: Xero's clock (the answer's Date header, of the first page) as an ISO instant. `unreadable` ones may each be one
 * that was asked for; where its contact cannot be read either, of any of the contacts that were asked for.
 */
export type LoadedDocuments = { documents: DocumentHeader[]; unreadable: UnreadableDocument[]; asOf: string };

/** What is told of a bill by its number. */
export type KnownBill = { number: string; date: string | null };

/**
 * One function per question the product asks of Xero. Every rejection is an AppError with one of the codes
 * xero_* or reconnect_needed (source: the error catalogue); validation texts of Xero stand in `details.errors`
 * (path = field name where it can be told, else '').
 */
export interface XeroGateway {
  getOrganisation(caller: XeroCaller): Promise<XeroOrganisation>;
  /** Invoices and bills in DRAFT, SUBMITTED and AUTHORISED: one call per 40 contacts and 1,000 documents. */
  listOpenInvoices(caller: XeroCaller, contactIds: readonly string[]): Promise<LoadedDocuments>;
  /** All quotes of one contact that are DRAFT, SENT or ACCEPTED: one call per 100 quotes. */
  listQuotes(caller: XeroCaller, contactId: string): Promise<LoadedDocuments>;
  /** Active contacts by Xero's own search; at most 100. */
  searchContacts(caller: XeroCaller, term: string): Promise<XeroContactRow[]>;
  /** Active contacts with exactly this account number, which Xero's own search does not look at. */
  findContactsByAccountNumber(caller: XeroCaller, accountNumber: string): Promise<XeroContactRow[]>;
  /** Active contacts with exactly this number of ours; `isWhole`: finding none means there is none. */
  findContactsByNumber(caller: XeroCaller, contactNumber: string): Promise<FoundContacts>;
  /** By id, archived ones too; follows MergedToContactID (at most 5 steps). Rejects with xero_not_found. */
  getContact(caller: XeroCaller, contactId: string): Promise<XeroContactRow>;
  /** Rejects with xero_rejected; `details.extension.nameTaken` is true when the name belongs to another contact. */
  createContact(caller: XeroCaller, body: NewXeroContact, idempotencyKey: string): Promise<XeroContactRow>;
  /** Accounts, tax rates, items, tracking, currencies and branding themes, active ones only: one call a list. */
  listChoices(caller: XeroCaller): Promise<XeroChoices>;
  /** As `getContact`, with what Xero starts its documents with. */
  getContactDefaults(caller: XeroCaller, contactId: string): Promise<XeroContactDefaults>;
  /** Sends exactly these bytes. Xero's refusals are xero_rejected with `details.errors` by field of the form. */
  createDocument(caller: XeroCaller, write: DocumentWrite): Promise<XeroDocument>;
  /** Of an invoice or a bill; what is not said stays as it is. */
  updateInvoice(caller: XeroCaller, write: InvoiceUpdate): Promise<XeroDocument>;
  /** Everything else of the quote stays; compare the totals of `before` and `after`. */
  changeQuoteStatus(caller: XeroCaller, change: QuoteStatusChange): Promise<ChangedQuote>;
  /** In any status. Rejects with xero_not_found, also where the id is another kind's. */
  getDocument(caller: XeroCaller, place: DocumentRef): Promise<XeroDocument>;
  /** Invoices or bills that carry a write's id in their Url: what an earlier sending of it left. */
  lookForInvoices(caller: XeroCaller, look: WrittenLook): Promise<Looked>;
  /** Sales invoices of these contacts that this app made and that still stand, where their Url holds the mark. */
  listMadeInvoices(caller: XeroCaller, made: { contactIds: readonly string[]; mark: string }): Promise<MadeInvoices>;
  /** Quotes that may be the one a write asked for. */
  lookForQuotes(caller: XeroCaller, look: QuoteLook): Promise<Looked>;
  findBillsByNumber(caller: XeroCaller, bill: { contactId: string; number: string }): Promise<KnownBill[]>;
  attachFile(
    caller: XeroCaller,
    place: DocumentRef,
    attachment: NewAttachment & { idempotencyKey: string },
  ): Promise<void>;
  /** Names of the files beside the document. */
  listAttachments(caller: XeroCaller, place: DocumentRef): Promise<string[]>;
  /** Leaves a note; `json` is sent as it is. */
  addHistory(caller: XeroCaller, place: DocumentRef, note: { json: string; idempotencyKey: string }): Promise<void>;
  listHistory(caller: XeroCaller, place: DocumentRef): Promise<string[]>;
  emailInvoice(caller: XeroCaller, id: string, idempotencyKey: string): Promise<void>;
  getPdf(caller: XeroCaller, place: DocumentRef): Promise<Buffer>;
  getOnlineInvoiceUrl(caller: XeroCaller, id: string): Promise<string | null>;
  /** Who the consent was for: connections of this access token, of one consent when its event id is given. */
  listConnections(accessToken: string, how?: { authEventId?: string }): Promise<XeroConnection[]>;
  /**
   * Whether the connection still stands, by Xero's list; a doubted one is also put to the test. Rejects with
   * reconnect_needed when it does not.
   */
  lookAtConnection(caller: XeroCaller, how: { isDoubted: boolean }): Promise<void>;
  /** True when Xero removed it or no longer knew it. */
  deleteConnection(accessToken: string, connectionId: string): Promise<boolean>;
}
