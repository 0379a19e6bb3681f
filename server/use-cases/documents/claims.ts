import type { WriteClaims } from '#server/store/store.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import type { DocumentForm } from './document-form.ts';
import { parseStoredDocument } from './stored-document.ts';

/** A write that stands for something already. `number` null while nobody knows how it ended. */
export type Holder = { number: string | null };

/** `isUnsure`: on an invoice of which nothing is known here any more, perhaps. */
export type InvoicedLine = { index: number; number: string | null; isUnsure?: true };

export type KnownClaims = { held: ReadonlyMap<string, Holder>; freed: readonly string[] };

/**
 * Who holds these claims now. A write that is done holds them until Xero says that its document was deleted or voided,
 * or has another number now (`isStillMeant`). Xero never forgets a document: one that is missing from its answer could
 * not be read, and still stands.
 */
export async function readClaims(
  { deps, caller }: Pick<PersonActing, 'deps' | 'caller'>,
  claims: readonly string[],
): Promise<KnownClaims> {
  const claimed = await deps.store.writes.listClaimed(caller.organisationId, claims);
  const made = claimed.flatMap(({ claim, write }) =>
    write.state === 'done' ? [{ claim, writeId: write.id, ...parseStoredDocument(write.result ?? '') }] : [],
  );
  const read = await readDocuments({ deps, caller }, made);
  const held = new Map<string, Holder>();
  const freed = new Set<string>();
  for (const { claim, write } of claimed) {
    const document = made.find(({ writeId }) => writeId === write.id);
    const now = document && (read.get(document.id) ?? document);
    if (!now) held.set(claim, { number: null });
    else if (isStanding(now) && isStillMeant(claim, now)) held.set(claim, { number: now.number });
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
  const places = [...new Map(made.map(({ id, kind }) => [id, { id, kind }])).values()];
  const { documents } = await deps.xero.listDocumentsById(caller, places);
  return new Map(documents.map((document) => [document.id, document]));
}

function isStanding({ status }: Read): boolean {
  return status !== 'DELETED' && status !== 'VOIDED';
}

/** Somebody may have given the bill another number in Xero. */
function isStillMeant(claim: string, { kind, contactId, number }: Read): boolean {
  return kind !== 'bill' || claim === toBillClaim(contactId, number ?? '');
}

export type FormClaims = {
  claims: WriteClaims;
  /** The deal's lines among the form's that stand on an invoice, or on one that is being saved. */
  heldLines: InvoicedLine[];
  /** The form's number stands on a bill of this supplier, or on one that is being saved. */
  heldNumber: Holder | null;
};

/** What a form's document alone may stand for, and who does: the deal's lines on an invoice, the number on a bill. */
export async function readFormClaims(acting: PersonActing, form: DocumentForm): Promise<FormClaims> {
  const { record } = acting.principal.session.claims;
  const { contactId, number, fromDealLines = [] } = form.body;
  const bill = form.kind === 'bill' && number ? toBillClaim(contactId, number) : undefined;
  const isOfDeal = form.kind === 'invoice' && record.type === 'deal';
  const lines = isOfDeal ? fromDealLines.map((index) => ({ index, claim: toLineClaim(acting, record.id, index) })) : [];
  const wanted = [...(bill === undefined ? [] : [bill]), ...lines.map(({ claim }) => claim)];
  const { held, freed } = await readClaims(acting, wanted);
  return {
    claims: { wanted, freed },
    heldLines: toHeldLines(lines, held),
    heldNumber: (bill !== undefined && held.get(bill)) || null,
  };
}

/** Which of the deal's own lines stand on an invoice now, or on one that is being saved. */
export async function listInvoicedLines(acting: PersonActing): Promise<InvoicedLine[]> {
  const { claims } = acting.principal.session;
  if (!('deal' in claims)) return [];
  const { lines = [] } = claims.deal;
  const named = lines.map((_, index) => ({ index, claim: toLineClaim(acting, claims.record.id, index) }));
  const { held } = await readClaims(
    acting,
    named.map(({ claim }) => claim),
  );
  return toHeldLines(named, held);
}

function toHeldLines(
  lines: readonly { index: number; claim: string }[],
  held: ReadonlyMap<string, Holder>,
): InvoicedLine[] {
  return lines.flatMap(({ index, claim }) => {
    const holder = held.get(claim);
    return holder ? [{ index, number: holder.number }] : [];
  });
}

function toLineClaim({ caller }: Pick<PersonActing, 'caller'>, dealId: string, index: number): string {
  return `deal-line:${JSON.stringify([caller.workspaceId, dealId, index])}`;
}

function toBillClaim(contactId: string, number: string): string {
  return `bill:${contactId.toLowerCase()}:${number.trim().toLowerCase()}`;
}

export function toQuoteClaim(quoteId: string): string {
  return `quote:${quoteId.toLowerCase()}`;
}
