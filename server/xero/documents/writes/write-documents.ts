import { placeRejection } from '#server/xero/answers/place-rejection.ts';
import type { Ask } from '#server/xero/calling/ask.ts';
import type { Question } from '#server/xero/calling/send-question.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { XeroDocument } from '../document.ts';
import { getOnly, parseFullInvoices, parseFullQuotes } from '../parse-full-documents.ts';

const unitDecimals = 4;

export type DocumentWrite = { kind: DocumentKind; json: string; idempotencyKey: string };
export type InvoiceUpdate = { id: string; json: string; idempotencyKey: string };

/** Creates one document from exactly these bytes: `{"Invoices":[…]}` or `{"Quotes":[…]}`. */
export async function createDocument(ask: Ask, caller: XeroCaller, write: DocumentWrite): Promise<XeroDocument> {
  try {
    return await sendNew(ask, caller, write);
  } catch (error) {
    throw error instanceof AppError ? placeRejection(error, write.json) : error;
  }
}

async function sendNew(ask: Ask, caller: XeroCaller, write: DocumentWrite): Promise<XeroDocument> {
  const { idempotencyKey: key } = write;
  if (write.kind === 'quote') {
    const send: Question['send'] = (api, tenantId) => api.createQuotes(tenantId, {}, true, key);
    return getOnly(parseFullQuotes(await ask(caller, { name: 'PUT /Quotes', ...toWrite(write), send })));
  }
  const send: Question['send'] = (api, tenantId) => api.createInvoices(tenantId, {}, true, unitDecimals, key);
  return getOnly(parseFullInvoices(await ask(caller, { name: 'PUT /Invoices', ...toWrite(write), send })));
}

/**
 * Changes one invoice or bill; members that are not given stay as they are, its lines too. Quotes are not changed so:
 * an update replaces them.
 */
export async function updateInvoice(ask: Ask, caller: XeroCaller, write: InvoiceUpdate): Promise<XeroDocument> {
  const { id, idempotencyKey: key } = write;
  const send: Question['send'] = (api, tenantId) => api.updateInvoice(tenantId, id, {}, unitDecimals, key);
  return getOnly(parseFullInvoices(await ask(caller, { name: 'POST /Invoices/{id}', ...toWrite(write), send })));
}

function toWrite({ json }: Pick<DocumentWrite, 'json'>): Pick<Question, 'isWrite' | 'body'> {
  return { isWrite: true, body: { bytes: json, contentType: 'application/json' } };
}
