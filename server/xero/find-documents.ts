import { z } from 'zod';
import { AppError } from '#shared/app-error.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { Ask } from './ask.ts';
import type { XeroDocument } from './document.ts';
import { optionalDateSchema, optionalTextSchema } from './fields.ts';
import type { KnownBill, XeroCaller } from './gateway.ts';
import { getOnly, parseFullInvoices, parseFullQuotes } from './parse-full-documents.ts';
import { findDate, invalidAnswer, readAnswer } from './read-answer.ts';
import type { Reading } from './read-pages.ts';
import { readRows } from './read-rows.ts';
import type { Question } from './send-question.ts';

const unitDecimals = 4;
const perPage = 100;

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

/** Bills of this supplier that carry this number already; voided and deleted ones left it free. */
export async function findBillsByNumber(
  { ask, noteSetAside }: Reading,
  caller: XeroCaller,
  { contactId, number }: { contactId: string; number: string },
): Promise<KnownBill[]> {
  const answer = await ask(caller, {
    name: 'GET /Invoices',
    send: (api, tenantId) =>
      api.getInvoices(
        tenantId,
        undefined, // ifModifiedSince
        undefined, // where
        undefined, // order
        undefined, // iDs
        [number],
        [contactId],
        ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID'],
        1,
        undefined, // includeArchived
        undefined, // createdByMyApp
        unitDecimals,
        undefined, // summaryOnly
        perPage,
      ),
  });
  const { rows, faults } = readRows(readAnswer(answer, billsSchema).Invoices, billSchema);
  noteSetAside('invoices', faults);
  const wanted = number.trim().toLowerCase();
  return rows.filter((row) => row.type === 'ACCPAY' && row.number.trim().toLowerCase() === wanted);
}

/** No more than is needed is read of them: a bill that is odd otherwise has its number all the same. */
const billsSchema = z.object({ Invoices: z.array(z.unknown()) });
const billSchema = z
  .object({ Type: z.string(), InvoiceNumber: optionalTextSchema, Date: optionalDateSchema.catch(null) })
  .transform((row) => ({ type: row.Type, number: row.InvoiceNumber ?? '', date: row.Date }));
