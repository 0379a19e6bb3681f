import { tellHistory } from '../../records/history.ts';
import type { Invoice } from '../../records/types.ts';
import { type InvoiceWrite, invoiceProblems } from '../../records/writing/invoice-problems.ts';
import type { Problems } from '../../records/writing/problems.ts';
import { saveInvoice } from '../../records/writing/save-invoice.ts';
import { type SentInvoice, sentInvoiceSchema } from '../../records/writing/sent.ts';
import { dayPair, unitDecimalsOf } from '../documents/document-wire.ts';
import type { ApiAnswer, ApiCall } from '../route.ts';
import { toRefusedParts, zeroId } from '../writes/refused-document.ts';
import { invalidJson, requireNamed, type WriteMode, withoutNulls, writeElements } from '../writes/write-elements.ts';
import { writtenText } from '../writes/written-text.ts';
import { invoiceToWire } from './invoice-wire.ts';

/** Invoices and bills: PUT creates them, POST creates or changes them. */
export function writeInvoices(call: ApiCall, mode: WriteMode): ApiAnswer {
  const named = call.params.id;
  requireNamed(mode, named === undefined ? undefined : findNamed(call, named));
  const toWrite = (sent: SentInvoice): InvoiceWrite => ({
    organisation: call.organisation,
    sent,
    known: mode === 'create' ? undefined : findKnown(call, sent),
    unitDecimals: unitDecimalsOf(call),
    now: call.sandbox.clock.now(),
  });
  return writeElements<SentInvoice>(call, {
    plural: 'Invoices',
    read: (element) => readSent(call, element),
    problemsOf: (sent) => withLostId(mode, toWrite(sent)),
    toRefused: (sent, problems) => toRefused(toWrite(sent), problems),
    save: (sent) => save(call, toWrite(sent)),
  });
}

function readSent(call: ApiCall, element: unknown): SentInvoice {
  const parsed = sentInvoiceSchema.safeParse(withoutNulls(element));
  if (!parsed.success) throw invalidJson();
  const found = call.params.id === undefined ? undefined : findNamed(call, call.params.id);
  return found === undefined ? parsed.data : { ...parsed.data, InvoiceID: found.InvoiceID };
}

function findNamed({ books }: ApiCall, name: string): Invoice | undefined {
  return (
    books.invoices.get(name.toLowerCase()) ?? [...books.invoices.values()].find((one) => one.InvoiceNumber === name)
  );
}

/** By id, or by number for a sales invoice. Numbers of bills are not unique. */
function findKnown({ books }: ApiCall, { InvoiceID, InvoiceNumber, Type }: SentInvoice): Invoice | undefined {
  if (InvoiceID) return books.invoices.get(InvoiceID.toLowerCase());
  if (!InvoiceNumber || Type === 'ACCPAY') return undefined;
  return [...books.invoices.values()].find(
    (one) => one.Type === 'ACCREC' && one.InvoiceNumber === InvoiceNumber && !/VOIDED|DELETED/.test(one.Status),
  );
}

function withLostId(mode: WriteMode, write: InvoiceWrite): Problems {
  const isLost = mode !== 'create' && write.sent.InvoiceID && write.known === undefined;
  if (!isLost) return invoiceProblems(write);
  return { document: ['An existing Invoice with the specified InvoiceID could not be found'], contact: [], lines: [] };
}

function toRefused({ sent, known }: InvoiceWrite, problems: Problems) {
  const { Date: date, DueDate, ...fields } = sent;
  return {
    ...fields,
    InvoiceID: known?.InvoiceID ?? zeroId,
    ...dayPair('Date', date),
    ...dayPair('DueDate', DueDate),
    ...toRefusedParts(sent, problems),
    HasErrors: true,
  };
}

function save(call: ApiCall, write: InvoiceWrite) {
  const before = write.known?.Status;
  const invoice = saveInvoice(write, call.sandbox.app.clientId);
  const entry = writtenText(call, { before, status: invoice.Status, number: invoice.InvoiceNumber, ...invoice });
  tellHistory(call.books, invoice.InvoiceID, { ...entry, at: write.now });
  return invoiceToWire(call.books, invoice, { level: 'full', hasLines: true, unitDecimals: write.unitDecimals });
}
