import type { WriteReservations } from '#server/store/store.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import type { DocumentForm } from './document-form.ts';
import { parseStoredDocument } from './stored-document.ts';

/** A write that already holds a reservation. `number` is null while its outcome is unknown. */
export type Holder = { number: string | null };

/** `isUnsure`: perhaps on an invoice whose write is lost. */
export type InvoicedLine = { index: number; number: string | null; isUnsure?: true };

export type KnownReservations = { held: ReadonlyMap<string, Holder>; freed: readonly string[] };

/**
 * Which write holds each of these reservations now. A finished write holds them until Xero reports its document as
 * deleted or voided, or with another number (`isStillMeant`). Xero keeps every document: one that is missing from its
 * answer could not be read and counts as existing.
 */
export async function readReservations(
  { deps, caller }: Pick<PersonActing, 'deps' | 'caller'>,
  reservations: readonly string[],
): Promise<KnownReservations> {
  const reserved = await deps.store.writes.listReserved(caller.organisationId, reservations);
  const made = reserved.flatMap(({ reservation, write }) =>
    write.state === 'done' ? [{ reservation, writeId: write.id, ...parseStoredDocument(write.result ?? '') }] : [],
  );
  const read = await readDocuments({ deps, caller }, made);
  const held = new Map<string, Holder>();
  const freed = new Set<string>();
  for (const { reservation, write } of reserved) {
    const document = made.find(({ writeId }) => writeId === write.id);
    const now = document && (read.get(document.id) ?? document);
    if (!now) held.set(reservation, { number: null });
    else if (isStanding(now) && isStillMeant(reservation, now)) held.set(reservation, { number: now.number });
    else freed.add(write.id);
  }
  return { held, freed: [...freed] };
}

type Read = { id: string; kind: DocumentForm['kind']; contactId: string; number: string | null; status: string };

async function readDocuments(
  { deps, caller }: Pick<PersonActing, 'deps' | 'caller'>,
  made: readonly { id: string; kind: DocumentForm['kind'] }[],
): Promise<Map<string, Read>> {
  if (made.length === 0) return new Map();
  const refs = [...new Map(made.map(({ id, kind }) => [id, { id, kind }])).values()];
  const { documents } = await deps.xero.listDocumentsById(caller, refs);
  return new Map(documents.map((document) => [document.id, document]));
}

function isStanding({ status }: Read): boolean {
  return status !== 'DELETED' && status !== 'VOIDED';
}

/** Somebody may have changed the bill's number in Xero. */
function isStillMeant(reservation: string, { kind, contactId, number }: Read): boolean {
  return kind !== 'bill' || reservation === toBillReservation(contactId, number ?? '');
}

export type FormReservations = {
  reservations: WriteReservations;
  /** The form's deal lines that are on an invoice, or on one being saved. */
  heldLines: InvoicedLine[];
  /** Set when the form's number is on a bill of this supplier, or on one being saved. */
  heldNumber: Holder | null;
};

/** What a form reserves and who holds it now: the deal's lines for an invoice, the number for a bill. */
export async function readFormReservations(acting: PersonActing, form: DocumentForm): Promise<FormReservations> {
  const { record } = acting.principal.session.claims;
  const { contactId, number, fromDealLines = [] } = form.body;
  const bill = form.kind === 'bill' && number ? toBillReservation(contactId, number) : undefined;
  const isOfDeal = form.kind === 'invoice' && record.type === 'deal';
  const lines = isOfDeal
    ? fromDealLines.map((index) => ({ index, reservation: toLineReservation(acting, record.id, index) }))
    : [];
  const wanted = [...(bill === undefined ? [] : [bill]), ...lines.map(({ reservation }) => reservation)];
  const { held, freed } = await readReservations(acting, wanted);
  return {
    reservations: { wanted, freed },
    heldLines: toHeldLines(lines, held),
    heldNumber: (bill !== undefined && held.get(bill)) || null,
  };
}

/** The deal's own lines that are on an invoice now, or on one being saved. */
export async function listInvoicedLines(acting: PersonActing): Promise<InvoicedLine[]> {
  const { claims } = acting.principal.session;
  if (!('deal' in claims)) return [];
  const { lines = [] } = claims.deal;
  const named = lines.map((_, index) => ({ index, reservation: toLineReservation(acting, claims.record.id, index) }));
  const { held } = await readReservations(
    acting,
    named.map(({ reservation }) => reservation),
  );
  return toHeldLines(named, held);
}

function toHeldLines(
  lines: readonly { index: number; reservation: string }[],
  held: ReadonlyMap<string, Holder>,
): InvoicedLine[] {
  return lines.flatMap(({ index, reservation }) => {
    const holder = held.get(reservation);
    return holder ? [{ index, number: holder.number }] : [];
  });
}

function toLineReservation({ caller }: Pick<PersonActing, 'caller'>, dealId: string, index: number): string {
  return `deal-line:${JSON.stringify([caller.workspaceId, dealId, index])}`;
}

function toBillReservation(contactId: string, number: string): string {
  return `bill:${contactId.toLowerCase()}:${number.trim().toLowerCase()}`;
}

export function toQuoteReservation(quoteId: string): string {
  return `quote:${quoteId.toLowerCase()}`;
}
