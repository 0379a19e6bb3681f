import { z } from 'zod';
import { optionalDateSchema, optionalTextSchema } from '#server/xero/answers/fields.ts';
import { paginationSchema } from '#server/xero/answers/pagination.ts';
import { findDate, invalidAnswer, readAnswer } from '#server/xero/answers/read-answer.ts';
import { readRows } from '#server/xero/answers/read-rows.ts';
import { toRowKeys } from '#server/xero/answers/row-keys.ts';
import type { Ask } from '#server/xero/calling/ask.ts';
import type { Question } from '#server/xero/calling/send-question.ts';
import type { KnownBill, XeroCaller } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { XeroDocument } from '../document.ts';
import { getOnly, parseFullInvoices, parseFullQuotes } from '../parse-full-documents.ts';
import { type Reading, readPages } from './read-pages.ts';

const unitDecimals = 4;
const perPage = 100;
const billsPerPage = 1000;

type DocumentQuestion = { kind: DocumentKind; id: string };

export async function getDocument(ask: Ask, caller: XeroCaller, place: DocumentQuestion): Promise<XeroDocument> {
  return (await readDocument(ask, caller, place)).document;
}

/** With Xero's clock; null where it did not tell. */
export async function readDocument(
  ask: Ask,
  caller: XeroCaller,
  { kind, id }: DocumentQuestion,
): Promise<{ document: XeroDocument; asOf: string | null }> {
  const answer = await ask(caller, kind === 'quote' ? askForQuote(id) : askForInvoice(id));
  const document = getOnly(kind === 'quote' ? parseFullQuotes(answer) : parseFullInvoices(answer));
  if (document.id !== id.toLowerCase()) throw invalidAnswer('another document than asked for');
  if (document.kind !== kind) throw new AppError('xero_not_found');
  return { document, asOf: findDate(answer) };
}

function askForQuote(id: string): Question {
  return { name: 'GET /Quotes/{id}', send: (api, tenantId) => api.getQuote(tenantId, id) };
}

function askForInvoice(id: string): Question {
  return { name: 'GET /Invoices/{id}', send: (api, tenantId) => api.getInvoice(tenantId, id, unitDecimals) };
}

type BillNumber = { contactId: string; number: string };

/** Bills of this supplier that carry this number already; voided and deleted ones left it free. */
export async function findBillsByNumber(reading: Reading, caller: XeroCaller, bill: BillNumber): Promise<KnownBill[]> {
  const pages = isOneNumber(bill.number)
    ? [await askForBills(reading, caller, bill, { number: bill.number, pageSize: perPage, page: 1 })]
    : await readPages((page) => askForBills(reading, caller, bill, { pageSize: billsPerPage, page }), {
        pageSize: billsPerPage,
      });
  const wanted = bill.number.trim().toLowerCase();
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

type BillPage = { number?: string; pageSize: number; page: number };

async function askForBills(
  { ask, noteSetAside }: Reading,
  caller: XeroCaller,
  { contactId }: BillNumber,
  { number, pageSize, page }: BillPage,
) {
  const answer = await ask(caller, {
    name: 'GET /Invoices',
    send: (api, tenantId) =>
      api.getInvoices(
        tenantId,
        undefined, // ifModifiedSince
        number === undefined ? 'Type=="ACCPAY"' : undefined, // indexed
        number === undefined ? 'InvoiceID ASC' : undefined, // never moves when an invoice changes
        undefined, // iDs
        number === undefined ? undefined : [number],
        [contactId],
        ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID'],
        page,
        undefined, // includeArchived
        undefined, // createdByMyApp
        number === undefined ? undefined : unitDecimals,
        number === undefined ? true : undefined, // summaryOnly
        pageSize,
      ),
  });
  const { Invoices, pagination } = readAnswer(answer, billsSchema);
  const { rows, faults } = readRows(Invoices, billSchema);
  noteSetAside('invoices', faults);
  return { rows, rowKeys: toRowKeys(Invoices, 'InvoiceID'), pagination };
}

/** No more than is needed is read of them: a bill that is odd otherwise has its number all the same. */
const billsSchema = z.object({ Invoices: z.array(z.unknown()), pagination: paginationSchema });
const billSchema = z
  .object({ Type: z.string(), InvoiceNumber: optionalTextSchema, Date: optionalDateSchema.catch(null) })
  .transform((row) => ({ type: row.Type, number: row.InvoiceNumber ?? '', date: row.Date }));
