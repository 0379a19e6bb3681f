import type { Books } from '../../records/organisation.ts';
import type { ApiCall } from '../route.ts';

/** A record that can have notes and files. */
export type Paper = { id: string; number: string };

export type PaperKind = {
  plural: string;
  scopes: string[];
  find(books: Books, id: string): Paper | undefined;
};

const invoices: PaperKind = {
  plural: 'Invoices',
  scopes: ['accounting.invoices'],
  find: (books, id) => {
    const found = books.invoices.get(id);
    return found && { id, number: found.InvoiceNumber };
  },
};

const quotes: PaperKind = {
  plural: 'Quotes',
  scopes: ['accounting.invoices'],
  find: (books, id) => {
    const found = books.quotes.get(id);
    return found && { id, number: found.QuoteNumber };
  },
};

const creditNotes: PaperKind = {
  plural: 'CreditNotes',
  scopes: ['accounting.invoices'],
  find: (books, id) => {
    const found = books.credits.get(id);
    return found?.kind === 'CreditNote' ? { id, number: found.number } : undefined;
  },
};

const purchaseOrders: PaperKind = {
  plural: 'PurchaseOrders',
  scopes: ['accounting.invoices'],
  find: (books, id) => {
    const found = books.purchaseOrders.get(id);
    return found && { id, number: found.PurchaseOrderNumber };
  },
};

const contacts: PaperKind = {
  plural: 'Contacts',
  scopes: ['accounting.contacts'],
  find: (books, id) => {
    const found = books.contacts.get(id);
    return found && { id, number: found.Name };
  },
};

export const attachmentKinds: PaperKind[] = [invoices, quotes, creditNotes, purchaseOrders];
export const historyKinds: PaperKind[] = [invoices, quotes, creditNotes, purchaseOrders, contacts];

export function findPaper({ books, params }: ApiCall, kind: PaperKind): Paper | undefined {
  return kind.find(books, (params.id ?? '').toLowerCase());
}
