import { z } from 'zod';
import { AppError } from '#shared/app-error.ts';
import type { Decimal } from '#shared/money.ts';
import type { Ask } from './ask.ts';
import type { XeroDocument } from './document.ts';
import type { DocumentPlace } from './document-extras.ts';
import { decimalSchema, optionalDateSchema, optionalTextSchema } from './fields.ts';
import type { XeroCaller } from './gateway.ts';
import { getOnly, parseFullInvoices, parseFullQuotes } from './parse-full-documents.ts';
import { invalidAnswer, readAnswer } from './read-answer.ts';
import type { XeroAnswer } from './xero-answer.ts';

export type XeroPayment = { date: string | null; amount: Decimal; reference: string | null };
export type XeroAppliedCredit = {
  kind: 'credit_note' | 'prepayment' | 'overpayment';
  number: string | null;
  date: string | null;
  amount: Decimal;
};
/** A document as a person opens it: with what was paid and set against it. */
export type XeroDocumentDetail = XeroDocument & {
  contactName: string | null;
  payments: XeroPayment[];
  credits: XeroAppliedCredit[];
};

const unitDecimals = 4;

/** In any status. Rejects with xero_not_found, also where the id is another kind's. */
export async function getDocumentDetail(
  ask: Ask,
  caller: XeroCaller,
  { kind, id }: DocumentPlace,
): Promise<XeroDocumentDetail> {
  const answer = await ask(caller, {
    name: kind === 'quote' ? 'GET /Quotes/{id}' : 'GET /Invoices/{id}',
    send: (api, tenantId) =>
      kind === 'quote' ? api.getQuote(tenantId, id) : api.getInvoice(tenantId, id, unitDecimals),
  });
  const document = getOnly(kind === 'quote' ? parseFullQuotes(answer) : parseFullInvoices(answer));
  if (document.id !== id.toLowerCase()) throw invalidAnswer('another document than asked for');
  if (document.kind !== kind) throw new AppError('xero_not_found');
  return { ...document, ...parseExtras(answer) };
}

const paymentSchema = z
  .object({
    Date: optionalDateSchema,
    Amount: decimalSchema,
    Reference: optionalTextSchema,
    Status: optionalTextSchema,
  })
  .transform(({ Date: date, Amount, Reference, Status }) => ({ date, amount: Amount, reference: Reference, Status }));

const appliedSchema = z.object({
  Date: optionalDateSchema,
  AppliedAmount: decimalSchema.optional(),
  CreditNoteNumber: optionalTextSchema,
  InvoiceNumber: optionalTextSchema,
});
const appliedListSchema = z.array(appliedSchema).default([]);

const rowSchema = z.object({
  Contact: z.object({ Name: optionalTextSchema }),
  Payments: z.array(paymentSchema).default([]),
  CreditNotes: appliedListSchema,
  Prepayments: appliedListSchema,
  Overpayments: appliedListSchema,
});
const answerSchema = z.object({ Invoices: z.array(rowSchema).optional(), Quotes: z.array(rowSchema).optional() });

function parseExtras(answer: XeroAnswer): Pick<XeroDocumentDetail, 'contactName' | 'payments' | 'credits'> {
  const { Invoices, Quotes } = readAnswer(answer, answerSchema);
  const row = Invoices?.[0] ?? Quotes?.[0];
  if (!row) throw invalidAnswer('no document');
  return {
    contactName: row.Contact.Name,
    // A payment that was taken back stays in the list, marked.
    payments: row.Payments.filter(({ Status }) => Status !== 'DELETED')
      .map(({ date, amount, reference }) => ({ date, amount, reference }))
      .sort(byDate),
    credits: [
      ...toApplied('credit_note', row.CreditNotes),
      ...toApplied('prepayment', row.Prepayments),
      ...toApplied('overpayment', row.Overpayments),
    ].sort(byDate),
  };
}

function toApplied(kind: XeroAppliedCredit['kind'], rows: z.output<typeof appliedListSchema>): XeroAppliedCredit[] {
  return rows.flatMap(({ Date: date, AppliedAmount: amount, CreditNoteNumber, InvoiceNumber }) =>
    amount === undefined ? [] : [{ kind, number: CreditNoteNumber ?? InvoiceNumber, date, amount }],
  );
}

function byDate(a: { date: string | null }, b: { date: string | null }): number {
  return (a.date ?? '') < (b.date ?? '') ? -1 : 1;
}
