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
import type { Asking, Reading } from '#server/xero/xero-deps.ts';
import { AppError } from '#shared/app-error.ts';
import type { DocumentRef } from '#shared/document-kinds.ts';
import type { XeroDocument } from '../document.ts';
import { standingInvoiceStatuses } from '../parse-documents.ts';
import { getOnly, parseFullInvoices, parseFullQuotes } from '../parse-full-documents.ts';
import { readPages } from './read-pages.ts';

/** A supplier uses one number for far fewer bills than this. */
const mostOfOneNumber = 100;

/** In any status. Rejects with xero_not_found, also when the id belongs to another kind. */
export async function getDocument(asking: Asking, caller: XeroCaller, ref: DocumentRef): Promise<XeroDocument> {
  return (await readDocument(asking, caller, ref)).document;
}

/** The document, with Xero's raw answer. */
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

/** Bills of this supplier with this number. Voided and deleted bills do not count. */
export async function findBillsByNumber(
  reading: Reading,
  caller: XeroCaller,
  { contactId, number }: BillNumber,
): Promise<KnownBill[]> {
  const ofSupplier = { contactIds: [contactId], statuses: standingInvoiceStatuses };
  const ofNumber = { ...ofSupplier, invoiceNumbers: [number], hasUnitDecimals: true } as const;
  // An invoice's InvoiceID never changes, so the order is stable.
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
 * Xero splits the requested numbers at commas and shows them in double quotes in its documentation. A number with
 * either is searched for among all bills of the supplier.
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

/** Reads only the needed members, so that a bill that is unusual otherwise still counts. */
const billSchema = z
  .object({ Type: z.string(), InvoiceNumber: optionalTextSchema, Date: optionalDateSchema.catch(null) })
  .transform((row) => ({ type: row.Type, number: row.InvoiceNumber ?? '', date: row.Date }));
