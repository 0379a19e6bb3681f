import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import { todayOf } from '#server/use-cases/acting/organisation.ts';
import { hashParts } from '#server/use-cases/writes/write-handler.ts';
import { writeOnce } from '#server/use-cases/writes/write-once.ts';
import { formatDocument, type NewXeroDocument } from '#server/xero/bytes/format-document.ts';
import type { XeroDocument } from '#server/xero/documents/document.ts';
import { AppError, type FieldError } from '#shared/app-error.ts';
import type { PaymentTerm } from '#shared/contract/choices.ts';
import type { CreatedDocument } from '#shared/contract/document.ts';
import { computeDueDate } from '#shared/payment-terms.ts';
import { toFieldError } from '#shared/words/field-error-words.ts';
import { carryLines } from './carry/carry-lines.ts';
import { findLostConversion } from './carry/lost-conversion.ts';
import { type KnownChoices, readChoices } from './choices.ts';
import { toWriteKey } from './create-document.ts';
import { buildDocumentHandler } from './document-handler.ts';
import { finishDocument, toAlreadyCreated } from './finish-document.ts';
import { type ActRequest, getActable, toNotAllowed } from './reachable-document.ts';
import { readReservations, toQuoteReservation } from './reservations.ts';
import { getSessionRecord, toNote, toSourceUrl } from './session-record.ts';
import { noteWords } from './words.ts';
import { formatDetails, type WriteDetails } from './write-details.ts';

/** Xero's limit for an invoice's reference. */
const referenceLength = 255;

/** Creates a draft invoice with the lines of an accepted quote, then marks the quote as invoiced. */
export async function convertQuote(acting: PersonActing, request: ActRequest): Promise<CreatedDocument> {
  const written = await writeOnce(acting, {
    writeKey: toWriteKey(acting, request.idempotencyKey),
    kind: 'invoice',
    record: getSessionRecord(acting),
    bodyHash: hashParts([request.kind, request.id, request.action, ...(request.dueDate ? [request.dueDate] : [])]),
    handler: buildDocumentHandler(acting, 'invoice'),
    prepare: ({ writeId }) => prepare(acting, request, writeId),
    toConflict: (write) => toAlreadyCreated(acting, write),
  });
  return finishDocument(acting, written);
}

async function prepare(acting: PersonActing, request: ActRequest, writeId: string) {
  const { deps, caller, principal: person } = acting;
  const quote = await getActable(acting, request);
  const wanted = [toQuoteReservation(quote.id)];
  const { held, freed } = await readReservations(acting, wanted);
  if (held.size > 0) throw toNotAllowed(acting, quote);
  const [{ asOf, paymentTerms }, choices, lost] = await Promise.all([
    deps.xero.getContactDefaults(caller, quote.contactId),
    readChoices(acting),
    findLostConversion(acting, quote),
  ]);
  // Somebody who converts the quote at the same moment may hold its reservation by now.
  if (lost) throw (await readReservations(acting, wanted)).held.size > 0 ? toNotAllowed(acting, quote) : lost;
  const today = todayOf(choices.organisation, deps);
  const dueDate = findDueDate(request, today, [paymentTerms.sales, choices.organisation.paymentTerms?.sales]);
  const url = toSourceUrl(person.session.claims, writeId);
  const details: WriteDetails = {
    idempotencyKey: request.idempotencyKey,
    contactId: quote.contactId,
    currency: quote.currency,
    number: null,
    previewTotal: quote.total,
    fromDealLines: [],
    since: asOf,
    clientId: deps.config.xero.clientId,
    note: noteWords.fromQuote(await toNote(acting), quote.number),
    isToBeEmailed: false,
    quote: { id: quote.id, date: quote.date },
  };
  const json = formatDocument('invoice', toInvoice(quote, { today, dueDate, url, choices }));
  return { request: json, details: formatDetails(details), reservations: { wanted, freed } };
}

function toInvoice(
  quote: XeroDocument,
  { today, dueDate, url, choices }: { today: string; dueDate: string; url: string; choices: KnownChoices },
): NewXeroDocument {
  return {
    contactId: quote.contactId,
    status: 'DRAFT',
    date: today,
    dueDate,
    currency: quote.currency,
    reference: toReference(quote),
    url,
    brandingThemeId: quote.brandingThemeId ?? undefined,
    ...carryLines(quote, choices),
  };
}

/** The quote's own reference, and its number to find it by. */
function toReference({ reference, number }: XeroDocument): string | undefined {
  const text = [reference, number].filter(Boolean).join(', ');
  if (text.length <= referenceLength) return text || undefined;
  throw toRefusal(toFieldError('reference', 'reference_too_long', { most: String(referenceLength) }));
}

/** As Xero's forms fill it in. Without a due date, a draft could be neither submitted nor approved. */
function findDueDate(
  { dueDate }: ActRequest,
  today: string,
  terms: readonly (PaymentTerm | null | undefined)[],
): string {
  const known = terms.find((term) => term != null);
  // Xero would accept an earlier date, and the invoice would be overdue from the first day.
  if (dueDate !== undefined && dueDate < today) throw toRefusal(toFieldError('dueDate', 'due_date_too_early'));
  if (dueDate !== undefined) return dueDate;
  if (known) return computeDueDate(today, known);
  throw toRefusal(toFieldError('dueDate', 'terms_missing'));
}

function toRefusal(error: FieldError): AppError {
  return new AppError('preflight_failed', { errors: [error] });
}
