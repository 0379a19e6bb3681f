import { z } from 'zod';
import type { DocumentKind } from '#shared/document-kinds.ts';
import type { Route } from './route.ts';
import { calendarDateSchema, decimalSchema } from './summary.ts';
import { linkSchema } from './text.ts';

export const documentKindSchema = z.enum(['quote', 'invoice', 'bill']) satisfies z.ZodType<DocumentKind>;
export type { DocumentKind };

/**
 * Names the person's form. The same key with the same body is the same intent, however often it is sent and whether or
 * not an answer arrived. A new form needs a new key.
 */
export const idempotencyHeadersSchema = z.looseObject({
  'idempotency-key': z.string().regex(/^[\x21-\x7e]{8,128}$/, '8 to 128 printable characters without spaces'),
});

export const lineAmountTypesSchema = z.enum(['exclusive', 'inclusive', 'none']);
export type LineAmountTypes = z.infer<typeof lineAmountTypesSchema>;

function decimalUpTo(digits: number, decimals: number) {
  return z
    .string()
    .regex(new RegExp(`^-?\\d{1,${digits}}(\\.\\d{1,${decimals}})?$`), `a number of up to ${decimals} decimals`);
}

export const newLineSchema = z.object({
  description: z.string().trim().min(1).max(4000),
  quantity: decimalUpTo(9, 4),
  /** In the document's currency, with up to 4 decimals (Xero's `unitdp=4`). */
  unitAmount: decimalUpTo(11, 4),
  accountCode: z.string().max(10).optional(),
  taxType: z.string().max(50).optional(),
  itemCode: z.string().max(30).optional(),
  /** A percentage off the line, from 0 to 100. Not for bills, because Xero has no discounts there. */
  discount: z
    .string()
    .regex(/^(100(\.0{1,2})?|\d{1,2}(\.\d{1,2})?)$/, 'a percentage from 0 to 100')
    .optional(),
  tracking: z
    .array(z.object({ categoryId: z.guid(), optionId: z.guid() }))
    .max(2)
    .optional(),
});
export type NewLine = z.infer<typeof newLineSchema>;

const common = {
  contactId: z.guid(),
  date: calendarDateSchema,
  currency: z.string().regex(/^[A-Z]{3}$/),
  lineAmountTypes: lineAmountTypesSchema,
  reference: z.string().trim().max(255).optional(),
  number: z.string().trim().max(255).optional(),
  lines: z.array(newLineSchema).min(1).max(200),
  /** Indexes (from 0) of the deal's lines that this document was made from. */
  fromDealLines: z.array(z.int().min(0).max(499)).max(500).optional(),
};

/** `submit` asks somebody in Xero to approve. Only admins of the CRM may approve. */
export const finishSchema = z.enum(['draft', 'submit', 'approve', 'approve_and_email']);
export type Finish = z.infer<typeof finishSchema>;

/** The lengths are Xero's limits (source: "Quotes" in Xero's developer documentation). */
export const newQuoteSchema = z.object({
  ...common,
  expiryDate: calendarDateSchema.optional(),
  title: z.string().trim().max(100).optional(),
  summary: z.string().trim().max(3000).optional(),
  terms: z.string().trim().max(4000).optional(),
  brandingThemeId: z.guid().optional(),
});
export const newInvoiceSchema = z.object({
  ...common,
  dueDate: calendarDateSchema.optional(),
  brandingThemeId: z.guid().optional(),
  finish: finishSchema.default('draft'),
});
/** `number` is the supplier's own number, which Xero's screen calls Reference. A bill has no other reference. */
export const newBillSchema = z.object({
  ...common,
  dueDate: calendarDateSchema.optional(),
  finish: finishSchema.exclude(['approve_and_email']).default('draft'),
});
export type NewQuote = z.output<typeof newQuoteSchema>;
export type NewInvoice = z.output<typeof newInvoiceSchema>;
export type NewBill = z.output<typeof newBillSchema>;

const documentFields = {
  id: z.guid(),
  number: z.string().nullable(),
  reference: z.string().nullable(),
  /** Xero's own word, such as `DRAFT`. */
  status: z.string(),
  date: calendarDateSchema.nullable(),
  currency: z.string(),
  subTotal: decimalSchema,
  totalTax: decimalSchema,
  total: decimalSchema,
  amountDue: decimalSchema,
  /** Opens the document in Xero. */
  url: linkSchema.nullable(),
};

export const documentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('quote'), ...documentFields, expiryDate: calendarDateSchema.nullable() }),
  z.object({ kind: z.literal('invoice'), ...documentFields, dueDate: calendarDateSchema.nullable() }),
  z.object({ kind: z.literal('bill'), ...documentFields, dueDate: calendarDateSchema.nullable() }),
]);
export type DocumentAnswer = z.infer<typeof documentSchema>;

/** The document is in Xero, but the person should know this. */
export const documentWarningSchema = z.enum([
  /** Xero's total differs from `previewTotal`. */
  'total_differs',
  /** The history note is not in Xero yet. The server retries. */
  'history_pending',
  /** The e-mail was not sent. */
  'email_failed',
  /** Whether the e-mail was sent is unknown. It is not sent again unless a person asks. */
  'email_unknown',
  /** The quote is not marked as invoiced yet. The server retries. */
  'quote_pending',
  /** Xero refused to mark the quote as invoiced. */
  'quote_failed',
  /** The quote is marked as invoiced, but its total changed. */
  'quote_differs',
]);
export type DocumentWarning = z.infer<typeof documentWarningSchema>;

export const createdDocumentSchema = z.object({
  document: documentSchema,
  /** The total that we computed before sending; null when a line leaves its account or tax to Xero. */
  previewTotal: decimalSchema.nullable(),
  warnings: z.array(documentWarningSchema),
  /** With `email_failed`: Xero's own reason. Returned once, with the answer in which Xero refused. */
  emailRefusal: z.array(z.string()).optional(),
});
export type CreatedDocument = z.infer<typeof createdDocumentSchema>;

function createRoute<const P extends string, B extends z.ZodType>(path: P, body: B, summary: string) {
  return {
    method: 'POST',
    path,
    summary: `${summary} Needs an Idempotency-Key; the same key and body return the same document.`,
    headers: idempotencyHeadersSchema,
    body,
    status: 201,
    response: createdDocumentSchema,
  } as const satisfies Route;
}

export const createQuoteRoute = createRoute('/api/quotes', newQuoteSchema, 'Add a draft quote.');
export const createInvoiceRoute = createRoute('/api/invoices', newInvoiceSchema, 'Add an invoice, by default a draft.');
export const createBillRoute = createRoute('/api/bills', newBillSchema, 'Add a bill, by default a draft.');
