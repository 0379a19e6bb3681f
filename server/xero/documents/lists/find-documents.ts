import { z } from 'zod';
import { optionalDateSchema, optionalTextSchema } from '#server/xero/answers/fields.ts';
import { invalidAnswer } from '#server/xero/answers/read-answer.ts';
import { readList } from '#server/xero/answers/read-list.ts';
import { readRows } from '#server/xero/answers/read-rows.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import type { Question } from '#server/xero/calling/send-question.ts';
import { getInvoiceById, getInvoices } from '#server/xero/endpoints/invoices.ts';
import { longestPage } from '#server/xero/endpoints/limits.ts';
import { getQuoteById } from '#server/xero/endpoints/quotes.ts';
import type { KnownBill, XeroCaller } from '#server/xero/gateway.ts';
import type { Asking } from '#server/xero/xero-deps.ts';
import { AppError } from '#shared/app-error.ts';
import type { DocumentRef } from '#shared/document-kinds.ts';
import type { XeroDocument } from '../document.ts';
import { standingInvoiceStatuses } from '../parse-documents.ts';
import { getOnly, parseFullInvoices, parseFullQuotes } from '../parse-full-documents.ts';
import { type Reading, readPages } from './read-pages.ts';

/** More bills than a supplier gives one number. */
const mostOfOneNumber = 100;

/** In any status. Rejects with xero_not_found, also where the id is another kind's. */
export async function getDocument(asking: Asking, caller: XeroCaller, place: DocumentRef): Promise<XeroDocument> {
  return (await readDocument(asking, caller, place)).document;
}

/** The document, and all that Xero said of it. */
export async function readDocument(
  { ask }: Asking,
  caller: XeroCaller,
  { kind, id }: DocumentRef,
): Promise<{ document: XeroDocument; answer: XeroAnswer }> {
  const answer = await ask(caller, kind === 'quote' ? getQuoteById({ id }) : getInvoiceById({ id }));
  const document = getOnly(kind === 'quote' ? parseFullQuotes(answer) : parseFullInvoices(answer));
  if (document.id !== id.toLowerCase()) throw invalidAnswer('another document than asked for');
  if (document.kind !== kind) throw new AppError('xero_not_found');
  return { document, answer };
}

type BillNumber = { contactId: string; number: string };

/** Bills of this supplier that carry this number already; voided and deleted ones left it free. */
export async function findBillsByNumber(
  reading: Reading,
  caller: XeroCaller,
  { contactId, number }: BillNumber,
): Promise<KnownBill[]> {
  const ofSupplier = { contactIds: [contactId], statuses: standingInvoiceStatuses };
  const ofNumber = { ...ofSupplier, invoiceNumbers: [number], hasUnitDecimals: true } as const;
  // InvoiceID never moves when an invoice changes.
  const ofAllBills = { ...ofSupplier, where: 'Type=="ACCPAY"', order: 'InvoiceID ASC', summaryOnly: true } as const;
  const pageSize = longestPage;
  const pages = isOneNumber(number)
    ? [await readBills(reading, caller, getInvoices({ ...ofNumber, page: 1, pageSize: mostOfOneNumber }))]
    : await readPages((page) => readBills(reading, caller, getInvoices({ ...ofAllBills, page, pageSize })), {
        pageSize,
      });
  const wanted = number.trim().toLowerCase();
  return pages.flatMap(({ rows }) =>
    rows.filter((row) => row.type === 'ACCPAY' && row.number.trim().toLowerCase() === wanted),
  );
}

/**
 * Xero parts the numbers it is asked for at commas, and its documentation shows them in double quotes: a number that
 * holds either is looked for among all bills of the supplier.
 */
function isOneNumber(number: string): boolean {
  return !/[",]/.test(number);
}

async function readBills({ ask, noteSetAside }: Reading, caller: XeroCaller, question: Question) {
  const answer = await ask(caller, question);
  const { rows: all, ...page } = readList(answer, 'Invoices', 'InvoiceID');
  const { rows, faults } = readRows(all, billSchema);
  noteSetAside('invoices', faults);
  return { ...page, rows };
}

/** No more than is needed is read of them: a bill that is odd otherwise has its number all the same. */
const billSchema = z
  .object({ Type: z.string(), InvoiceNumber: optionalTextSchema, Date: optionalDateSchema.catch(null) })
  .transform((row) => ({ type: row.Type, number: row.InvoiceNumber ?? '', date: row.Date }));
