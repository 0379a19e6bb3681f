import type { CreatedDocument } from '#shared/contract/document.ts';
import type { XeroDocument } from '../xero/document.ts';
import { formatDocument, type NewXeroDocument } from '../xero/format-document.ts';
import { readChoices } from './choices.ts';
import { toFormKey } from './create-document.ts';
import { todayOf } from './figures.ts';
import { readClaims, toQuoteClaim } from './writes/claims.ts';
import type { DocumentDetails } from './writes/document-details.ts';
import { buildDocumentHandler } from './writes/document-handler.ts';
import { finishDocument, toAlreadyCreated } from './writes/finish-document.ts';
import { type ActRequest, getActable, toNotAllowed } from './writes/reachable-document.ts';
import { getSessionRecord, toNote, toSourceUrl } from './writes/session-record.ts';
import { hashParts } from './writes/write-handler.ts';
import { writeOnce } from './writes/write-once.ts';
import type { Writing } from './writes/writing.ts';

/** A draft invoice with the lines of an accepted quote; the quote is then marked as invoiced. */
export async function convertQuote(writing: Writing, request: ActRequest): Promise<CreatedDocument> {
  const written = await writeOnce(writing, {
    formKey: toFormKey(writing, request.clientKey),
    kind: 'invoice',
    record: getSessionRecord(writing),
    bodyHash: hashParts([request.kind, request.id, request.action]),
    handler: buildDocumentHandler(writing, 'invoice'),
    prepare: ({ writeId }) => prepare(writing, request, writeId),
    toConflict: (write) => toAlreadyCreated(writing, write),
  });
  return finishDocument(writing, written);
}

async function prepare(writing: Writing, request: ActRequest, writeId: string) {
  const { deps, caller, actor } = writing;
  const quote = await getActable(writing, request);
  const wanted = [toQuoteClaim(quote.id)];
  const { held, freed } = await readClaims(writing, wanted);
  if (held.size > 0) throw toNotAllowed(writing, quote);
  const [{ asOf }, { organisation }] = await Promise.all([
    deps.xero.getContactDefaults(caller, quote.contactId),
    readChoices(writing),
  ]);
  const today = todayOf(organisation, deps);
  const url = toSourceUrl(actor.session.claims, writeId);
  const details: DocumentDetails = {
    clientKey: request.clientKey,
    contactId: quote.contactId,
    currency: quote.currency,
    number: null,
    previewTotal: quote.total,
    fromDealLines: [],
    since: asOf,
    note: `${await toNote(writing)}, from quote ${quote.number ?? ''}`.trim(),
    isToBeEmailed: false,
    quote: { id: quote.id, date: quote.date },
  };
  const json = formatDocument('invoice', toInvoice(quote, today, url));
  return { request: json, details: JSON.stringify(details), claims: { wanted, freed } };
}

function toInvoice(quote: XeroDocument, today: string, url: string): NewXeroDocument {
  return {
    contactId: quote.contactId,
    status: 'DRAFT',
    date: today,
    currency: quote.currency,
    lineAmountTypes: quote.lineAmountTypes,
    reference: quote.number ?? undefined,
    url,
    brandingThemeId: quote.brandingThemeId ?? undefined,
    lines: quote.lines.map((line) => ({
      description: line.description ?? undefined,
      quantity: line.quantity ?? undefined,
      unitAmount: line.unitAmount ?? undefined,
      accountCode: line.accountCode ?? undefined,
      taxType: line.taxType ?? undefined,
      itemCode: line.itemCode ?? undefined,
      discount: line.discount ?? undefined,
      tracking: line.tracking.flatMap(({ name, option }) =>
        name === null || option === null ? [] : [{ category: name, option }],
      ),
    })),
  };
}
