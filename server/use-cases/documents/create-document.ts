import type { Deps } from '#server/deps.ts';
import type { Claims } from '#server/identity/claims.ts';
import { type PersonActing, startActing } from '#server/use-cases/acting/acting.ts';
import { canSee, requireAdd } from '#server/use-cases/acting/kind-rights.ts';
import { type Person, requireAdmin } from '#server/use-cases/acting/principal.ts';
import { requireReachable } from '#server/use-cases/acting/reach.ts';
import { hashParts } from '#server/use-cases/writes/write-handler.ts';
import { type WritePlan, writeOnce } from '#server/use-cases/writes/write-once.ts';
import { formatDocument } from '#server/xero/bytes/format-document.ts';
import { AppError } from '#shared/app-error.ts';
import type { CreatedDocument } from '#shared/contract/document.ts';
import { findLostLines } from './carry/lost-lines.ts';
import { readChoices } from './choices.ts';
import { computePreview, type DocumentForm, finishOf, toNewDocument } from './document-form.ts';
import { buildDocumentHandler } from './document-handler.ts';
import { finishDocument, toAlreadyCreated } from './finish-document.ts';
import { listPreflightErrors } from './preflight.ts';
import { readFormReservations } from './reservations.ts';
import { getSessionRecord, toNote, toSourceUrl } from './session-record.ts';
import type { StoredDocument } from './stored-document.ts';
import { formatDetails, type WriteDetails } from './write-details.ts';

/** Adds a quote, an invoice or a bill in Xero, exactly once per idempotency key. */
export async function createDocument(
  deps: Deps,
  person: Person,
  { form, idempotencyKey }: { form: DocumentForm; idempotencyKey: string },
): Promise<CreatedDocument> {
  requireAdd(person, form.kind);
  if (['approve', 'approve_and_email'].includes(finishOf(form))) requireAdmin(person);
  const acting = await startActing(deps, person);
  await requireReachable(acting, form.body.contactId);
  return finishDocument(acting, await writeOnce(acting, toPlan(acting, form, idempotencyKey)));
}

function toPlan(acting: PersonActing, form: DocumentForm, idempotencyKey: string): WritePlan<StoredDocument> {
  return {
    writeKey: toWriteKey(acting, idempotencyKey),
    kind: form.kind,
    record: getSessionRecord(acting),
    bodyHash: hashParts([form.kind, form.body]),
    handler: buildDocumentHandler(acting, form.kind),
    prepare: ({ writeId }) => prepare(acting, form, { writeId, idempotencyKey }),
    toConflict: (write) => toAlreadyCreated(acting, write),
  };
}

/** A form belongs to the person who opened it. */
export function toWriteKey({ principal: person }: PersonActing, idempotencyKey: string): string {
  // Encoded, so that no combination of user id and key equals another.
  return `form:${encodeURIComponent(person.session.user.id)}:${idempotencyKey}`;
}

async function prepare(acting: PersonActing, form: DocumentForm, ids: { writeId: string; idempotencyKey: string }) {
  const { contact, choices, reservations } = await preflight(acting, form);
  const url = toSourceUrl(acting.principal.session.claims, ids.writeId);
  const document = toNewDocument(form, { contactId: contact.contact.id, url, choices });
  const details: WriteDetails = {
    idempotencyKey: ids.idempotencyKey,
    contactId: contact.contact.id,
    currency: form.body.currency,
    number: form.body.number || null,
    previewTotal: computePreview(form, choices),
    fromDealLines: form.body.fromDealLines ?? [],
    since: contact.asOf,
    clientId: acting.deps.config.xero.clientId,
    note: await toNote(acting),
    isToBeEmailed: finishOf(form) === 'approve_and_email',
    quote: null,
  };
  return { request: formatDocument(form.kind, document), details: formatDetails(details), reservations };
}

async function preflight(acting: PersonActing, form: DocumentForm) {
  const { deps, caller, principal: person } = acting;
  const { contactId, number } = form.body;
  const isNumberedBill = form.kind === 'bill' && number !== undefined && number !== '';
  const [choices, contact, sameNumber, { reservations, invoicedLines, heldNumber }] = await Promise.all([
    readChoices(acting),
    deps.xero.getContactDefaults(caller, contactId),
    isNumberedBill ? deps.xero.findBillsByNumber(caller, { contactId, number }) : [],
    readReserved(acting, form),
  ]);
  const dealLineCount = countDealLines(person.session.claims);
  const sees = { bills: canSee(person, 'bill'), invoices: canSee(person, 'invoice') };
  const facts = { choices, contact, sameNumber, heldNumber, invoicedLines, dealLineCount, sees };
  const errors = listPreflightErrors(form, facts);
  if (errors.length > 0) throw new AppError('preflight_failed', { errors });
  return { choices, contact, reservations };
}

/** Also reads reservations from invoices whose writes the store has lost. */
async function readReserved(acting: PersonActing, form: DocumentForm) {
  const reserved = await readFormReservations(acting, form);
  const held = reserved.heldLines.map(({ index }) => index);
  const free = (form.body.fromDealLines ?? []).filter((index) => !held.includes(index));
  const lost = form.kind === 'invoice' ? await findLostLines(acting, free) : [];
  return { ...reserved, invoicedLines: [...reserved.heldLines, ...lost] };
}

function countDealLines(claims: Claims): number | null {
  return 'deal' in claims ? (claims.deal.lines?.length ?? 0) : null;
}
