import { notFound } from '../errors.ts';
import type { Item, Organisation } from '../records/organisation.ts';
import type { Contact, Credit, Email, HistoryEntry, Invoice, Payment, PurchaseOrder, Quote } from '../records/types.ts';
import type { State } from '../state.ts';

/** An attachment: `size` is in bytes, `base64` is the file. */
export type AttachmentInfo = {
  id: string;
  fileName: string;
  mimeType: string;
  includeOnline: boolean;
  size: number;
  base64: string;
};

/** The sandbox's documents, including deleted ones, oldest first. */
export type Documents = {
  invoices: Invoice[];
  bills: Invoice[];
  quotes: Quote[];
  purchaseOrders: PurchaseOrder[];
  creditNotes: Credit[];
  /** Of invoices and bills, and refunds; deleted ones are not among them. */
  payments: Payment[];
};

/** The contacts and items of an organisation, archived ones included, and its groups, to count duplicates. */
export type Directory = { contacts: Contact[]; items: Item[]; groups: { name: string; contactIds: string[] }[] };

export function listAttachments({ organisations }: State, documentId: string): AttachmentInfo[] {
  return organisations
    .flatMap(({ books }) => books().attachments.get(documentId) ?? [])
    .map(({ AttachmentID, FileName, MimeType, IncludeOnline, bytes }) => ({
      id: AttachmentID,
      fileName: FileName,
      mimeType: MimeType,
      includeOnline: IncludeOnline,
      size: bytes.length,
      base64: bytes.toString('base64'),
    }));
}

/** Newest first. */
export function listHistory({ organisations }: State, documentId: string): HistoryEntry[] {
  return organisations.flatMap(({ books }) => books().history.get(documentId) ?? []).reverse();
}

export function listEmails({ organisations }: State): (Email & { tenantId: string })[] {
  return organisations.flatMap(({ books, tenantId }) => books().emails.map((email) => ({ ...email, tenantId })));
}

export function listDocuments(
  { organisations }: State,
  { tenantId, contactId }: { tenantId: string; contactId?: string | undefined },
): Documents {
  const books = requireBooks(organisations, tenantId);
  const isAsked = (document: { contactId: string }) => contactId === undefined || document.contactId === contactId;
  const invoices = [...books.invoices.values()].filter(isAsked);
  const credits = [...books.credits.values()].filter(isAsked);
  return {
    invoices: invoices.filter(({ Type }) => Type === 'ACCREC'),
    bills: invoices.filter(({ Type }) => Type === 'ACCPAY'),
    quotes: [...books.quotes.values()].filter(isAsked),
    purchaseOrders: [...books.purchaseOrders.values()].filter(isAsked),
    creditNotes: credits.filter(({ kind }) => kind === 'CreditNote'),
    payments: [...invoices, ...credits].flatMap(({ Payments }) => Payments),
  };
}

export function listDirectory({ organisations }: State, { tenantId }: { tenantId: string }): Directory {
  const { contacts, items, contactGroups } = requireBooks(organisations, tenantId);
  const groups = [...contactGroups.values()].map(({ Name, contactIds }) => ({
    name: Name,
    contactIds: [...contactIds],
  }));
  return { contacts: [...contacts.values()], items, groups };
}

function requireBooks(organisations: Organisation[], tenantId: string) {
  const found = organisations.find((one) => one.tenantId === tenantId);
  if (!found) throw notFound();
  return found.books();
}
