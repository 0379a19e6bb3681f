import { z } from 'zod';
import {
  decimalSchema,
  optionalDateSchema,
  optionalDecimalSchema,
  optionalList,
  optionalTextSchema,
} from '#server/xero/answers/fields.ts';
import { invalidAnswer, readAnswer } from '#server/xero/answers/read-answer.ts';
import { readRows } from '#server/xero/answers/read-rows.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Reading } from '#server/xero/xero-deps.ts';
import type { DocumentRef } from '#shared/document-kinds.ts';
import type { Decimal } from '#shared/money.ts';
import type { XeroDocument } from './document.ts';
import { readDocument } from './lists/find-documents.ts';

export type XeroPayment = { date: string | null; amount: Decimal; reference: string | null };
export type XeroAppliedCredit = {
  kind: 'credit_note' | 'prepayment' | 'overpayment';
  number: string | null;
  date: string | null;
  amount: Decimal;
};
/** A document as a person opens it, with its payments and credits. */
export type XeroDocumentDetail = XeroDocument & {
  contactName: string | null;
  payments: XeroPayment[];
  credits: XeroAppliedCredit[];
};

/** In any status. Rejects with xero_not_found, also when the id belongs to another kind. */
export async function getDocumentDetail(
  reading: Reading,
  caller: XeroCaller,
  ref: DocumentRef,
): Promise<XeroDocumentDetail> {
  const { document, answer } = await readDocument(reading, caller, ref);
  return { ...document, ...parseExtras(reading, answer) };
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
  AppliedAmount: optionalDecimalSchema,
  CreditNoteNumber: optionalTextSchema,
  InvoiceNumber: optionalTextSchema,
});
type Applied = z.output<typeof appliedSchema>;

const rowsSchema = optionalList(z.unknown());
const rowSchema = z.object({
  Contact: z.object({ Name: optionalTextSchema }),
  Payments: rowsSchema,
  CreditNotes: rowsSchema,
  Prepayments: rowsSchema,
  Overpayments: rowsSchema,
});
const answerSchema = z.object({ Invoices: optionalList(rowSchema), Quotes: optionalList(rowSchema) });

/** Leaves out payments and credits that cannot be parsed. The amount due comes from the document itself. */
function parseExtras({ noteSetAside }: Reading, answer: XeroAnswer) {
  const { Invoices, Quotes } = readAnswer(answer, answerSchema);
  const row = Invoices[0] ?? Quotes[0];
  if (!row) throw invalidAnswer('no document');
  const payments = readRows(row.Payments, paymentSchema);
  const applied = (rows: readonly unknown[]) => {
    const read = readRows(rows, appliedSchema);
    noteSetAside('applied_credits', read.faults);
    return read.rows;
  };
  noteSetAside('payments', payments.faults);
  return {
    contactName: row.Contact.Name,
    // A reversed payment stays in the list with another status.
    payments: payments.rows
      .filter(({ Status }) => Status !== 'DELETED')
      .map(({ date, amount, reference }) => ({ date, amount, reference }))
      .sort(byDate),
    credits: [
      ...toApplied('credit_note', applied(row.CreditNotes)),
      ...toApplied('prepayment', applied(row.Prepayments)),
      ...toApplied('overpayment', applied(row.Overpayments)),
    ].sort(byDate),
  };
}

function toApplied(kind: XeroAppliedCredit['kind'], rows: readonly Applied[]): XeroAppliedCredit[] {
  return rows.flatMap(({ Date: date, AppliedAmount: amount, CreditNoteNumber, InvoiceNumber }) =>
    amount === null ? [] : [{ kind, number: CreditNoteNumber ?? InvoiceNumber, date, amount }],
  );
}

function byDate(a: { date: string | null }, b: { date: string | null }): number {
  return (a.date ?? '') < (b.date ?? '') ? -1 : 1;
}
