import type { DocumentKind, LineAmountTypes } from '#shared/contract/document.ts';
import type { Decimal } from '#shared/money.ts';
import { type ExactDecimal, type ExactJson, formatExactJson } from './exact-json.ts';

export type NewXeroLine = {
  description?: string;
  quantity?: Decimal;
  unitAmount?: Decimal;
  accountCode?: string;
  taxType?: string;
  itemCode?: string;
  discount?: Decimal;
  tracking?: readonly { category: string; option: string }[];
};

export type NewXeroDocument = {
  contactId: string;
  status: string;
  date: string;
  /** The expiry date of a quote. */
  dueDate?: string;
  currency: string;
  lineAmountTypes: LineAmountTypes;
  number?: string;
  reference?: string;
  /** Shown in Xero as "Go to …"; quotes have none. */
  url?: string;
  brandingThemeId?: string;
  title?: string;
  summary?: string;
  terms?: string;
  lines: readonly NewXeroLine[];
};

/**
 * The exact bytes that make a document. Of the contact only its id: any other member would overwrite the contact.
 * Dates are calendar dates and tax amounts are left to Xero (source: xero.md, Writing and OAuth 2.0).
 */
export function formatDocument(kind: DocumentKind, document: NewXeroDocument): string {
  return kind === 'quote'
    ? formatExactJson({ Quotes: [toQuote(document)] })
    : formatExactJson({ Invoices: [toInvoice(kind, document)] });
}

/** A change of status. Quotes want their contact and date said again. */
export function formatStatus(
  kind: DocumentKind,
  document: { id: string; contactId: string; date: string | null; status: string },
): string {
  const { id, contactId, date, status } = document;
  return kind === 'quote'
    ? formatExactJson({
        Quotes: [{ QuoteID: id, Contact: { ContactID: contactId }, Date: date ?? undefined, Status: status }],
      })
    : formatExactJson({ Invoices: [{ InvoiceID: id, Status: status }] });
}

/** Xero takes 2,500 characters of a history note. */
const noteMaxLength = 2500;

export function formatHistory(note: string): string {
  const cut = note.slice(0, noteMaxLength);
  // Half of a character does not come back as it was, and a note that is looked for would not be found.
  const isHalved = note.isWellFormed() && !cut.isWellFormed();
  return formatExactJson({ HistoryRecords: [{ Details: isHalved ? cut.slice(0, -1) : cut }] });
}

function toQuote(document: NewXeroDocument): ExactJson {
  return {
    ...toCommon(document),
    QuoteNumber: document.number || undefined,
    Reference: document.reference || undefined,
    ExpiryDate: document.dueDate,
    LineAmountTypes: { exclusive: 'EXCLUSIVE', inclusive: 'INCLUSIVE', none: 'NOTAX' }[document.lineAmountTypes],
    Title: document.title || undefined,
    Summary: document.summary || undefined,
    Terms: document.terms || undefined,
    LineItems: document.lines.map(toLine),
  };
}

function toInvoice(kind: 'invoice' | 'bill', document: NewXeroDocument): ExactJson {
  return {
    Type: kind === 'invoice' ? 'ACCREC' : 'ACCPAY',
    ...toCommon(document),
    InvoiceNumber: document.number || undefined,
    Reference: kind === 'invoice' ? document.reference || undefined : undefined,
    DueDate: document.dueDate,
    LineAmountTypes: { exclusive: 'Exclusive', inclusive: 'Inclusive', none: 'NoTax' }[document.lineAmountTypes],
    Url: document.url,
    LineItems: document.lines.map(toLine),
  };
}

function toCommon({ contactId, date, currency, status, brandingThemeId }: NewXeroDocument) {
  return {
    Contact: { ContactID: contactId },
    Date: date,
    CurrencyCode: currency,
    Status: status,
    BrandingThemeID: brandingThemeId,
  };
}

function toLine(line: NewXeroLine): ExactJson {
  return {
    Description: line.description,
    Quantity: toNumber(line.quantity),
    UnitAmount: toNumber(line.unitAmount),
    AccountCode: line.accountCode || undefined,
    TaxType: line.taxType || undefined,
    ItemCode: line.itemCode || undefined,
    DiscountRate: toNumber(line.discount),
    Tracking: line.tracking?.map(({ category, option }) => ({ Name: category, Option: option })),
  };
}

function toNumber(decimal: Decimal | undefined): ExactDecimal | undefined {
  return decimal === undefined ? undefined : { exactDecimal: decimal };
}
