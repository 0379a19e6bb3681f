import type { LedgerDocument } from '#server/ledger/document.ts';
import type { Address } from '#shared/contract/record.ts';

/** On whose behalf Xero is asked. People who wait come before work in the background. */
export type XeroCaller = {
  workspaceId: string;
  organisationId: string;
  priority: 'person' | 'background';
  signal?: AbortSignal;
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

/** `asOf`: Xero's clock (the answer's Date header, of the first page) as an ISO instant. */
export type LoadedDocuments = { documents: LedgerDocument[]; asOf: string };

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
  /** By id, archived ones too; follows MergedToContactID (at most 5 steps). Rejects with xero_not_found. */
  getContact(caller: XeroCaller, contactId: string): Promise<XeroContactRow>;
  /** Rejects with xero_rejected; `details.extension.nameTaken` is true when the name belongs to another contact. */
  createContact(caller: XeroCaller, body: NewXeroContact, idempotencyKey: string): Promise<XeroContactRow>;
  /** Who the consent was for: connections of this access token, of one consent when its event id is given. */
  listConnections(accessToken: string, authEventId?: string): Promise<XeroConnection[]>;
  /** True when Xero removed it or no longer knew it. */
  deleteConnection(accessToken: string, connectionId: string): Promise<boolean>;
}
