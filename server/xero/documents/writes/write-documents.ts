import { placeRejection } from '#server/xero/answers/place-rejection.ts';
import { postInvoice, putInvoices } from '#server/xero/endpoints/invoices.ts';
import { putQuotes } from '#server/xero/endpoints/quotes.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Asking } from '#server/xero/xero-deps.ts';
import { AppError } from '#shared/app-error.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { XeroDocument } from '../document.ts';
import { getOnly, parseFullInvoices, parseFullQuotes } from '../parse-full-documents.ts';

export type DocumentWrite = { kind: DocumentKind; json: string; idempotencyKey: string };
export type InvoiceUpdate = { id: string; json: string; idempotencyKey: string };

/** Creates one document from exactly these bytes: `{"Invoices":[…]}` or `{"Quotes":[…]}`. */
export async function createDocument(asking: Asking, caller: XeroCaller, write: DocumentWrite): Promise<XeroDocument> {
  try {
    return await sendNew(asking, caller, write);
  } catch (error) {
    throw error instanceof AppError ? placeRejection(error, write.json) : error;
  }
}

async function sendNew({ ask }: Asking, caller: XeroCaller, write: DocumentWrite): Promise<XeroDocument> {
  if (write.kind === 'quote') return getOnly(parseFullQuotes(await ask(caller, putQuotes(write))));
  return getOnly(parseFullInvoices(await ask(caller, putInvoices(write))));
}

/**
 * Changes one invoice or bill. Members that are left out stay as they are, including its lines. Quotes cannot be
 * changed this way, because an update replaces them.
 */
export async function updateInvoice({ ask }: Asking, caller: XeroCaller, write: InvoiceUpdate): Promise<XeroDocument> {
  return getOnly(parseFullInvoices(await ask(caller, postInvoice(write))));
}
