import { z } from 'zod';
import {
  currencySchema,
  decimalSchema,
  idSchema,
  instantSchema,
  optionalDateSchema,
  optionalFlagSchema,
  optionalIdSchema,
  optionalList,
  optionalTextSchema,
  rateSchema,
} from '#server/xero/answers/fields.ts';
import { invalidAnswer, readAnswer } from '#server/xero/answers/read-answer.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import type { XeroDocument } from './document.ts';
import { lineSchema } from './parse-line.ts';
import { nothingSettled, settledFields, toSettled } from './settled-amounts.ts';

const lineAmountTypes = { exclusive: 'exclusive', inclusive: 'inclusive', notax: 'none' } as const;

const common = {
  Contact: z.object({ ContactID: idSchema }),
  Reference: optionalTextSchema,
  Status: z.string(),
  LineAmountTypes: optionalTextSchema
    .transform((text) => text?.toLowerCase() ?? 'exclusive')
    .pipe(z.enum(['exclusive', 'inclusive', 'notax'])),
  CurrencyCode: currencySchema,
  CurrencyRate: rateSchema,
  SubTotal: decimalSchema,
  TotalTax: decimalSchema,
  Total: decimalSchema,
  BrandingThemeID: optionalIdSchema,
  Date: optionalDateSchema,
  UpdatedDateUTC: instantSchema,
  LineItems: optionalList(lineSchema),
};

const invoiceSchema = z.object({
  ...common,
  InvoiceID: idSchema,
  Type: z.enum(['ACCREC', 'ACCPAY']),
  InvoiceNumber: optionalTextSchema,
  DueDate: optionalDateSchema,
  AmountDue: decimalSchema,
  ...settledFields,
  Url: optionalTextSchema,
  SentToContact: optionalFlagSchema,
});

const quoteSchema = z.object({
  ...common,
  QuoteID: idSchema,
  QuoteNumber: optionalTextSchema,
  ExpiryDate: optionalDateSchema,
});

const invoicesSchema = z.object({ Invoices: z.array(invoiceSchema) });
const quotesSchema = z.object({ Quotes: z.array(quoteSchema) });

/** Invoices and bills with their lines, in whatever state they are. */
export function parseFullInvoices(answer: XeroAnswer): XeroDocument[] {
  return readAnswer(answer, invoicesSchema).Invoices.map((row) => ({
    ...toCommon(row),
    id: row.InvoiceID,
    kind: row.Type === 'ACCREC' ? ('invoice' as const) : ('bill' as const),
    number: row.InvoiceNumber,
    dueDate: row.DueDate,
    amountDue: row.AmountDue,
    ...toSettled(row),
    sourceUrl: row.Url,
    isSent: row.SentToContact ?? false,
  }));
}

export function parseFullQuotes(answer: XeroAnswer): XeroDocument[] {
  return readAnswer(answer, quotesSchema).Quotes.map(toQuote);
}

/** One quote of a list; undefined where it cannot be read. */
export function parseFullQuoteRow(row: unknown): XeroDocument | undefined {
  const parsed = quoteSchema.safeParse(row);
  return parsed.success ? toQuote(parsed.data) : undefined;
}

function toQuote(row: z.output<typeof quoteSchema>): XeroDocument {
  return {
    ...toCommon(row),
    id: row.QuoteID,
    kind: 'quote',
    number: row.QuoteNumber,
    dueDate: row.ExpiryDate,
    amountDue: '0',
    ...nothingSettled,
    sourceUrl: null,
    isSent: row.Status !== 'DRAFT',
  };
}

export function getOnly(documents: readonly XeroDocument[]): XeroDocument {
  const [document, ...more] = documents;
  if (!document || more.length > 0) throw invalidAnswer('not exactly one document');
  return document;
}

function toCommon(row: z.output<typeof invoiceSchema> | z.output<typeof quoteSchema>) {
  return {
    contactId: row.Contact.ContactID,
    reference: row.Reference,
    status: row.Status,
    date: row.Date,
    currency: row.CurrencyCode,
    rate: row.CurrencyRate,
    subTotal: row.SubTotal,
    totalTax: row.TotalTax,
    total: row.Total,
    updatedAt: row.UpdatedDateUTC,
    lineAmountTypes: lineAmountTypes[row.LineAmountTypes],
    brandingThemeId: row.BrandingThemeID,
    lines: row.LineItems,
  };
}
