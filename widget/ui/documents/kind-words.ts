import type { DocumentKind } from '#shared/document-kinds.ts';

/** The words of each kind of document: its names, and the texts that differ by kind. */
export const kindWords = {
  quote: {
    title: 'Quote',
    plural: 'Quotes',
    /** Within a sentence. */
    name: 'quote',
    withArticle: 'A quote',
    /** A bill comes from a contact, quotes and invoices go to one. */
    preposition: 'for',
    /** The last date: a quote expires, an invoice or a bill is due. */
    lastDate: 'Expires',
    lastDateWithin: 'expires',
    add: 'Add Quote',
    save: 'Save quote',
    search: 'Search quotes',
    noneOpen: 'No open quotes',
  },
  invoice: {
    title: 'Invoice',
    plural: 'Invoices',
    name: 'invoice',
    withArticle: 'An invoice',
    preposition: 'for',
    lastDate: 'Due',
    lastDateWithin: 'due',
    add: 'Add Invoice (Draft)',
    save: 'Save draft',
    search: 'Search invoices',
    noneOpen: 'No open invoices',
    ageing: 'Invoice ageing',
  },
  bill: {
    title: 'Bill',
    plural: 'Bills',
    name: 'bill',
    withArticle: 'A bill',
    preposition: 'from',
    lastDate: 'Due',
    lastDateWithin: 'due',
    add: 'Add Bill',
    save: 'Save draft',
    search: 'Search bills',
    noneOpen: 'No open bills',
    ageing: 'Bill ageing',
  },
} as const satisfies Record<DocumentKind, object>;
