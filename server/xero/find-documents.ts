import { AppError } from '#shared/app-error.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { Ask } from './ask.ts';
import type { XeroDocument } from './document.ts';
import type { ChangedDocuments, XeroCaller } from './gateway.ts';
import { getOnly, parseFullInvoices, parseFullQuotes } from './parse-full-documents.ts';
import { findDate, invalidAnswer } from './read-answer.ts';
import type { Question } from './send-question.ts';
import type { XeroAnswer } from './xero-answer.ts';

const unitDecimals = 4;
const perPage = 100;
/** A contact with more changes than this since a write began is not looked through further. */
const mostPages = 10;

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

/**
 * Documents of one contact that changed at or after `since` (an instant by Xero's clock), newest first, in any status.
 * Read in order of change rather than by If-Modified-Since, which answers to the second only.
 */
export async function listChangedDocuments(
  ask: Ask,
  caller: XeroCaller,
  { kind, contactId, since }: { kind: DocumentKind; contactId: string; since: string },
): Promise<ChangedDocuments> {
  const readPage = kind === 'quote' ? askForQuotes : askForInvoices;
  const found: XeroDocument[] = [];
  let asOf: string | undefined;
  for (let page = 1; page <= mostPages; page += 1) {
    const { rows, at } = await readPage(ask, caller, contactId, page);
    asOf ??= at;
    found.push(...rows.filter(({ updatedAt }) => updatedAt >= since));
    if (rows.length < perPage || rows.some(({ updatedAt }) => updatedAt < since)) break;
  }
  const isAsked = (document: XeroDocument) => document.kind === kind && document.contactId === contactId.toLowerCase();
  return { documents: found.filter(isAsked), asOf: asOf ?? null };
}

/** `at`: Xero's clock, undefined where it did not tell. */
type Page = { rows: XeroDocument[]; at: string | undefined };

function toPage(answer: XeroAnswer, rows: XeroDocument[]): Page {
  return { rows, at: findDate(answer) ?? undefined };
}

async function askForQuotes(ask: Ask, caller: XeroCaller, contactId: string, page: number): Promise<Page> {
  const answer = await ask(caller, {
    name: 'GET /Quotes',
    send: (api, tenantId) =>
      api.getQuotes(
        tenantId,
        undefined, // ifModifiedSince
        undefined, // dateFrom
        undefined, // dateTo
        undefined, // expiryDateFrom
        undefined, // expiryDateTo
        contactId,
        undefined, // status
        page,
        'UpdatedDateUTC DESC',
      ),
  });
  return toPage(answer, parseFullQuotes(answer));
}

async function askForInvoices(ask: Ask, caller: XeroCaller, contactId: string, page: number): Promise<Page> {
  return listInvoices(ask, caller, { contactId, page, order: 'UpdatedDateUTC DESC' });
}

/** Bills of this supplier that carry this number already; voided and deleted ones left it free. */
export async function findBillsByNumber(
  ask: Ask,
  caller: XeroCaller,
  { contactId, number }: { contactId: string; number: string },
): Promise<XeroDocument[]> {
  const statuses = ['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID'];
  const { rows } = await listInvoices(ask, caller, { contactId, page: 1, statuses, number });
  const wanted = number.trim().toLowerCase();
  return rows.filter((row) => row.kind === 'bill' && row.number?.trim().toLowerCase() === wanted);
}

async function listInvoices(
  ask: Ask,
  caller: XeroCaller,
  filter: { contactId: string; page: number; order?: string; statuses?: string[]; number?: string },
): Promise<Page> {
  const answer = await ask(caller, {
    name: 'GET /Invoices',
    send: (api, tenantId) =>
      api.getInvoices(
        tenantId,
        undefined, // ifModifiedSince
        undefined, // where
        filter.order,
        undefined, // iDs
        filter.number === undefined ? undefined : [filter.number],
        [filter.contactId],
        filter.statuses,
        filter.page,
        undefined, // includeArchived
        undefined, // createdByMyApp
        unitDecimals,
        undefined, // summaryOnly: Url and lines are wanted
        perPage,
      ),
  });
  return toPage(answer, parseFullInvoices(answer));
}
