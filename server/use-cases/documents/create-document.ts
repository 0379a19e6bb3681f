import type { Deps } from '#server/deps.ts';
import type { Claims } from '#server/identity/claims.ts';
import { type Actor, requireAdmin } from '#server/use-cases/acting/actor.ts';
import { hashParts } from '#server/use-cases/writes/write-handler.ts';
import { type WritePlan, writeOnce } from '#server/use-cases/writes/write-once.ts';
import { canSee, requireKind, requireReachable, startWriting, type Writing } from '#server/use-cases/writes/writing.ts';
import { formatDocument } from '#server/xero/bytes/format-document.ts';
import { AppError } from '#shared/app-error.ts';
import type { CreatedDocument } from '#shared/contract/document.ts';
import { findLostLines } from './carry/lost-lines.ts';
import { readChoices } from './choices.ts';
import { readFormClaims } from './claims.ts';
import type { DocumentDetails } from './document-details.ts';
import { computePreview, type DocumentForm, finishOf, toNewDocument } from './document-form.ts';
import { buildDocumentHandler } from './document-handler.ts';
import { finishDocument, toAlreadyCreated } from './finish-document.ts';
import { listPreflightErrors } from './preflight.ts';
import { getSessionRecord, toNote, toSourceUrl } from './session-record.ts';
import type { StoredDocument } from './stored-document.ts';

/** Adds a quote, an invoice or a bill in Xero, exactly once for a form's key. */
export async function createDocument(
  deps: Deps,
  actor: Actor,
  { form, clientKey }: { form: DocumentForm; clientKey: string },
): Promise<CreatedDocument> {
  requireKind(actor, form.kind);
  if (['approve', 'approve_and_email'].includes(finishOf(form))) requireAdmin(actor);
  const writing = await startWriting(deps, actor);
  await requireReachable(writing, form.body.contactId);
  return finishDocument(writing, await writeOnce(writing, toPlan(writing, form, clientKey)));
}

function toPlan(writing: Writing, form: DocumentForm, clientKey: string): WritePlan<StoredDocument> {
  return {
    formKey: toFormKey(writing, clientKey),
    kind: form.kind,
    record: getSessionRecord(writing),
    bodyHash: hashParts([form.kind, form.body]),
    handler: buildDocumentHandler(writing, form.kind),
    prepare: ({ writeId }) => prepare(writing, form, { writeId, clientKey }),
    toConflict: (write) => toAlreadyCreated(writing, write),
  };
}

/** A form belongs to who opened it. */
export function toFormKey({ actor }: Writing, clientKey: string): string {
  // Encoded, so that no user's id and key read as another's.
  return `form:${encodeURIComponent(actor.session.user.id)}:${clientKey}`;
}

async function prepare(writing: Writing, form: DocumentForm, ids: { writeId: string; clientKey: string }) {
  const { contact, choices, claims } = await preflight(writing, form);
  const url = toSourceUrl(writing.actor.session.claims, ids.writeId);
  const document = toNewDocument(form, { contactId: contact.contact.id, url, choices });
  const details: DocumentDetails = {
    clientKey: ids.clientKey,
    contactId: contact.contact.id,
    currency: form.body.currency,
    number: form.body.number || null,
    previewTotal: computePreview(form, choices),
    fromDealLines: form.body.fromDealLines ?? [],
    since: contact.asOf,
    clientId: writing.deps.config.xero.clientId,
    note: await toNote(writing),
    isToBeEmailed: finishOf(form) === 'approve_and_email',
    quote: null,
  };
  return { request: formatDocument(form.kind, document), details: JSON.stringify(details), claims };
}

async function preflight(writing: Writing, form: DocumentForm) {
  const { deps, caller, actor } = writing;
  const { contactId, number } = form.body;
  const isNumberedBill = form.kind === 'bill' && number !== undefined && number !== '';
  const [choices, contact, sameNumber, { claims, invoicedLines, heldNumber }] = await Promise.all([
    readChoices(writing),
    deps.xero.getContactDefaults(caller, contactId),
    isNumberedBill ? deps.xero.findBillsByNumber(caller, { contactId, number }) : [],
    readClaimed(writing, form),
  ]);
  const dealLineCount = countDealLines(actor.session.claims);
  const sees = { bills: canSee(actor, 'bill'), invoices: canSee(actor, 'invoice') };
  const facts = { choices, contact, sameNumber, heldNumber, invoicedLines, dealLineCount, sees };
  const errors = listPreflightErrors(form, facts);
  if (errors.length > 0) throw new AppError('preflight_failed', { errors });
  return { choices, contact, claims };
}

/** Also what stands on invoices that the store has lost. */
async function readClaimed(writing: Writing, form: DocumentForm) {
  const claimed = await readFormClaims(writing, form);
  const held = claimed.heldLines.map(({ index }) => index);
  const free = (form.body.fromDealLines ?? []).filter((index) => !held.includes(index));
  const lost = form.kind === 'invoice' ? await findLostLines(writing, free) : [];
  return { ...claimed, invoicedLines: [...claimed.heldLines, ...lost] };
}

function countDealLines(claims: Claims): number | null {
  return 'deal' in claims ? (claims.deal.lines?.length ?? 0) : null;
}
