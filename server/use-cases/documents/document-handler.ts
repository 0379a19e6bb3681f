import { z } from 'zod';
import type { WriteRow } from '#server/store/store.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import type { Found, WriteEnd, WriteHandler } from '#server/use-cases/writes/write-handler.ts';
import { parseExactJson } from '#server/xero/bytes/exact-json.ts';
import { formatHistory } from '#server/xero/bytes/format-document.ts';
import type { XeroDocument } from '#server/xero/documents/document.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import { compareDecimals, roundDecimal } from '#shared/money.ts';
import { formatStoredDocument, parseStoredDocument, type StoredDocument } from './stored-document.ts';
import { parseDetails } from './write-details.ts';

/** Xero's Date header has whole seconds, but its update times are finer. */
const slackMs = 60 * 1000;

/** How a new quote, invoice or bill is sent, and how it is identified when no answer arrived. */
export function buildDocumentHandler({ deps, caller }: PersonActing, kind: DocumentKind): WriteHandler<StoredDocument> {
  return {
    action: `create_${kind}`,
    about: (write) => ({ contactId: parseDetails(write).contactId }),
    send: (write, { caller: sender, idempotencyKey }) =>
      deps.xero.createDocument(sender, { kind, json: write.request, idempotencyKey }),
    find: (write) =>
      kind === 'quote' ? findQuote({ deps, caller }, write) : findInvoice({ deps, caller }, { write, kind }),
    toEnd: (write, document) => ({
      result: formatStoredDocument(document),
      documentId: document.id,
      about: { contactId: document.contactId, document },
      steps: listSteps(write),
    }),
    parse: parseStoredDocument,
  };
}

type Finding = Pick<PersonActing, 'deps' | 'caller'>;

/** Finds it by the write's id in the document's Url, which no other document has. */
async function findInvoice(
  { deps, caller }: Finding,
  { write, kind }: { write: WriteRow; kind: 'invoice' | 'bill' },
): Promise<Found<XeroDocument>> {
  const { contactId, clientId } = parseDetails(write);
  const isByThisApp = clientId === deps.config.xero.clientId;
  const search = { kind, writeId: write.id, contactId, since: toSince(write), isByThisApp };
  const { documents, isWhole } = await deps.xero.findWrittenInvoices(caller, search);
  return { made: documents, isWhole, isCertain: true };
}

/** A quote made by another form is not this one. If another unfinished form may have made it, a person must decide. */
async function findQuote({ deps, caller }: Finding, write: WriteRow): Promise<Found<XeroDocument>> {
  const { contactId } = parseDetails(write);
  const { Date: date = '', QuoteNumber: number } = readSent(write);
  const { documents, isWhole } = await deps.xero.findWrittenQuotes(caller, {
    ...{ contactId, date, number, since: toSince(write) },
    isAlike: (document) => isSameQuote(write, document),
  });
  const ids = documents.map(({ id }) => id);
  const taken = await deps.store.writes.listMade(caller.organisationId, ids);
  const made = documents.filter(({ id }) => !taken.includes(id));
  const others = made.length === 0 ? [] : await deps.store.writes.listSent(caller.organisationId, 'quote');
  const isOthersToo = (document: XeroDocument) =>
    others.some((other) => other.id !== write.id && mayBeOf(other, document));
  return { made, isWhole, isCertain: !made.some(isOthersToo) };
}

function mayBeOf(write: WriteRow, document: XeroDocument): boolean {
  return parseDetails(write).contactId.toLowerCase() === document.contactId && isSameQuote(write, document);
}

function toSince(write: WriteRow): string {
  return new Date(Date.parse(parseDetails(write).since) - slackMs).toISOString();
}

function listSteps(write: WriteRow): WriteEnd['steps'] {
  const { note, isToBeEmailed, quote } = parseDetails(write);
  return [
    { name: 'history', request: formatHistory(note) },
    ...(isToBeEmailed ? [{ name: 'email' as const, request: '' }] : []),
    ...(quote ? [{ name: 'mark_invoiced' as const, request: '' }] : []),
  ];
}

const text = z.string().optional();
const sentSchema = z.object({
  Url: text,
  Date: text,
  CurrencyCode: text,
  QuoteNumber: text,
  Reference: text,
  Title: text,
  LineItems: z.array(z.object({ Description: text, Quantity: text, UnitAmount: text, DiscountRate: text })),
});
const bytesSchema = z.object({
  Invoices: z.tuple([sentSchema]).optional(),
  Quotes: z.tuple([sentSchema]).optional(),
});

function readSent({ request }: WriteRow): z.output<typeof sentSchema> {
  const { Invoices, Quotes } = bytesSchema.parse(parseExactJson(request));
  return sentSchema.parse(Invoices?.[0] ?? Quotes?.[0]);
}

/**
 * A quote has no `Url` to carry our mark, so date, currency, number, reference and all lines are compared. Totals are
 * not compared: if Xero rounded one differently, the quote would be missed and sent twice.
 */
function isSameQuote(write: WriteRow, document: XeroDocument): boolean {
  const sent = readSent(write);
  return (
    document.date === sent.Date &&
    document.currency === sent.CurrencyCode &&
    (sent.QuoteNumber === undefined || document.number === sent.QuoteNumber) &&
    (document.reference ?? '') === (sent.Reference ?? '') &&
    document.lines.length === sent.LineItems.length &&
    sent.LineItems.every((line, place) => isSameLine(line, document.lines[place]))
  );
}

function isSameLine(
  sent: { Description?: string; Quantity?: string; UnitAmount?: string; DiscountRate?: string },
  line: XeroDocument['lines'][number] | undefined,
): boolean {
  return (
    (line?.description ?? '').trim() === (sent.Description ?? '').trim() &&
    compareDecimals(line?.quantity ?? '0', sent.Quantity ?? '0') === 0 &&
    // Our forms have percentage discounts only, so a line with an amount off was made elsewhere.
    line?.discountAmount === null &&
    compareDecimals(line.discount ?? '0', sent.DiscountRate ?? '0') === 0 &&
    // Xero does not document whether it stores two or four decimals of a quote's prices.
    roundDecimal(line.unitAmount ?? '0', 2) === roundDecimal(sent.UnitAmount ?? '0', 2)
  );
}
