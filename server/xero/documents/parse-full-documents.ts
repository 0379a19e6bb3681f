import { z } from 'zod';
import {
  decimalSchema,
  optionalFlagSchema,
  optionalIdSchema,
  optionalList,
  optionalTextSchema,
} from '#server/xero/answers/fields.ts';
import { invalidAnswer, readAnswer } from '#server/xero/answers/read-answer.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import type { XeroDocument } from './document.ts';
import { invoiceMembers, kindsByType, quoteMembers, toCommonHeader } from './document-members.ts';
import { lineSchema } from './parse-line.ts';
import { nothingSettled, toSettledAmounts } from './settled-amounts.ts';

const lineAmountTypes = { exclusive: 'exclusive', inclusive: 'inclusive', notax: 'none' } as const;

/** Members that a document has beyond its header when it is read alone or with its lines. */
const wholeMembers = {
  Status: z.string(),
  LineAmountTypes: optionalTextSchema
    .transform((text) => text?.toLowerCase() ?? 'exclusive')
    .pipe(z.enum(['exclusive', 'inclusive', 'notax'])),
  SubTotal: decimalSchema,
  TotalTax: decimalSchema,
  BrandingThemeID: optionalIdSchema,
  LineItems: optionalList(lineSchema),
};

const invoiceSchema = z.object({
  ...invoiceMembers,
  ...wholeMembers,
  Url: optionalTextSchema,
  SentToContact: optionalFlagSchema,
});

const quoteSchema = z.object({ ...quoteMembers, ...wholeMembers });

const invoicesSchema = z.object({ Invoices: z.array(invoiceSchema) });
const quotesSchema = z.object({ Quotes: z.array(quoteSchema) });

/** Invoices and bills with their lines, in any state. */
export function parseFullInvoices(answer: XeroAnswer): XeroDocument[] {
  return readAnswer(answer, invoicesSchema).Invoices.map((row) => ({
    ...toCommon(row),
    id: row.InvoiceID,
    kind: kindsByType[row.Type],
    number: row.InvoiceNumber,
    dueDate: row.DueDate,
    amountDue: row.AmountDue,
    ...toSettledAmounts(row),
    sourceUrl: row.Url,
    isSent: row.SentToContact ?? false,
  }));
}

export function parseFullQuotes(answer: XeroAnswer): XeroDocument[] {
  return readAnswer(answer, quotesSchema).Quotes.map(toQuote);
}

/** One quote of a list; undefined when it cannot be parsed. */
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
    ...toCommonHeader(row),
    totalTax: row.TotalTax,
    lineAmountTypes: lineAmountTypes[row.LineAmountTypes],
    brandingThemeId: row.BrandingThemeID,
    lines: row.LineItems,
  };
}
