import type { XeroTracking } from '#server/xero/documents/document.ts';
import type { DocumentKind, LineAmountTypes } from '#shared/contract/document.ts';
import { documentKinds } from '#shared/document-kinds.ts';
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
  /** Off the whole line. Only for sales invoices and quotes, and not together with `discount`. */
  discountAmount?: Decimal;
  /** Replaces the tax that Xero would compute. */
  taxAmount?: Decimal;
  /** For an account without a code. */
  accountId?: string;
  taxability?: string;
  salesTaxCodeId?: Decimal;
  tracking?: readonly XeroTracking[];
};

export type NewXeroDocument = {
  contactId: string;
  status: string;
  date: string;
  /** For a quote, its expiry date. */
  dueDate?: string;
  currency: string;
  lineAmountTypes: LineAmountTypes;
  number?: string;
  reference?: string;
  /** Xero shows it as "Go to …". Quotes have none. */
  url?: string;
  brandingThemeId?: string;
  title?: string;
  summary?: string;
  terms?: string;
  lines: readonly NewXeroLine[];
};

/**
 * Builds the exact bytes that create a document. Of the contact only the id is sent, because any other member would
 * overwrite the contact. Dates are calendar dates. Xero computes tax amounts, unless a quote's tax was set by hand.
 */
export function formatDocument(kind: DocumentKind, document: NewXeroDocument): string {
  return kind === 'quote'
    ? formatExactJson({ Quotes: [toQuote(document)] })
    : formatExactJson({ Invoices: [toInvoice(kind, document)] });
}

/** Changes the status of an invoice or a bill. Omitted members stay as they are. */
export function formatInvoiceStatus({ id, status }: { id: string; status: string }): string {
  return formatExactJson({ Invoices: [{ InvoiceID: id, Status: status }] });
}

/** Xero accepts at most 2,500 characters in a history note. */
const noteMaxLength = 2500;

export function formatHistory(note: string): string {
  const cut = note.slice(0, noteMaxLength);
  // A halved surrogate pair would come back changed, and a search for the note would then fail.
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
    // Quotes accept tracking only by option id and ignore names (Xero's documentation of Quotes).
    LineItems: document.lines.map((line) => toLine(line, ({ optionId }) => ({ TrackingOptionID: optionId }))),
  };
}

function toInvoice(kind: 'invoice' | 'bill', document: NewXeroDocument): ExactJson {
  return {
    Type: documentKinds[kind].xeroType,
    ...toCommon(document),
    InvoiceNumber: document.number || undefined,
    Reference: kind === 'invoice' ? document.reference || undefined : undefined,
    DueDate: document.dueDate,
    LineAmountTypes: { exclusive: 'Exclusive', inclusive: 'Inclusive', none: 'NoTax' }[document.lineAmountTypes],
    Url: document.url,
    LineItems: document.lines.map((line) => toLine(line, toInvoiceTracking)),
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

function toLine(line: NewXeroLine, toTracking: (tracking: XeroTracking) => ExactJson): ExactJson {
  return {
    Description: line.description,
    Quantity: toNumber(line.quantity),
    UnitAmount: toNumber(line.unitAmount),
    AccountCode: line.accountCode || undefined,
    TaxType: line.taxType || undefined,
    ItemCode: line.itemCode || undefined,
    DiscountRate: toNumber(line.discount),
    DiscountAmount: toNumber(line.discountAmount),
    TaxAmount: toNumber(line.taxAmount),
    AccountID: line.accountId,
    Taxability: line.taxability,
    SalesTaxCodeId: toNumber(line.salesTaxCodeId),
    Tracking: line.tracking?.map(toTracking),
  };
}

/** By names, or by ids when one of the names is unknown. */
function toInvoiceTracking({ name, option, categoryId, optionId }: XeroTracking): ExactJson {
  return name !== null && option !== null
    ? { Name: name, Option: option }
    : { TrackingCategoryID: categoryId, TrackingOptionID: optionId };
}

function toNumber(decimal: Decimal | undefined): ExactDecimal | undefined {
  return decimal === undefined ? undefined : { exactDecimal: decimal };
}
