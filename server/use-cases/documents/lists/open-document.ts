import type { Deps } from '#server/deps.ts';
import { toPlaceKey } from '#server/ledger/entries/kept-documents.ts';
import type { Actor } from '#server/use-cases/acting/actor.ts';
import { hasKind, listReachableContacts } from '#server/use-cases/writes/writing.ts';
import type { XeroDocumentDetail } from '#server/xero/documents/document-detail.ts';
import { AppError } from '#shared/app-error.ts';
import { type DocumentAction, listDocumentActions } from '#shared/contract/document-actions.ts';
import type { ChosenPlace, OpenedDocument } from '#shared/contract/documents.ts';
import { type Decimal, roundToCurrency } from '#shared/money.ts';
import { type Listing, requireDocumentView, startListing, toListedDocument } from './listing.ts';

/** One document as it stands in Xero now; what its figures say follows it. */
export async function openDocument(deps: Deps, actor: Actor, place: ChosenPlace): Promise<OpenedDocument> {
  requireDocumentView(actor, place.kind);
  const listing = await startListing(deps, actor);
  const document = await getReachable(listing, place);
  await deps.ledger.merge(listing.caller.organisationId, document);
  const listed = toListedDocument(listing, document);
  return {
    ...listed,
    contact: { ...listed.contact, name: listed.contact.name || (document.contactName ?? '') },
    ...toDetails(document),
    actions: listActions(actor, document),
  };
}

/** Amounts with the currency's own decimals; prices as they were typed. */
function toDetails(document: XeroDocumentDetail) {
  const { currency, subTotal, totalTax, lineAmountTypes, lines, payments, credits } = document;
  const round = (amount: Decimal) => roundToCurrency(amount, currency);
  const roundKnown = (amount: Decimal | null) => (amount === null ? null : round(amount));
  return {
    subTotal: round(subTotal),
    totalTax: round(totalTax),
    lineAmountTypes,
    lines: lines.map(({ accountId: _, taxability: _t, salesTaxCodeId: _s, unknown: _u, tracking, ...line }) => ({
      ...line,
      discountAmount: roundKnown(line.discountAmount),
      taxAmount: roundKnown(line.taxAmount),
      lineAmount: roundKnown(line.lineAmount),
      tracking: tracking.map(({ name, option }) => ({ name, option })),
    })),
    payments: payments.map((payment) => ({ ...payment, amount: round(payment.amount) })),
    credits: credits.map((credit) => ({ ...credit, amount: round(credit.amount) })),
  };
}

/** Of a contact of this session, or chosen for its deal; anything else does not exist for it. */
async function getReachable(listing: Listing, place: ChosenPlace): Promise<XeroDocumentDetail> {
  const { deps, caller, chosen } = listing;
  const isChosen = chosen?.some(({ kind, documentId: id }) => toPlaceKey({ kind, id }) === toPlaceKey(place));
  const [document, contactIds] = await Promise.all([
    deps.xero.getDocumentDetail(caller, place).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'xero_not_found') throw error;
      throw new AppError('not_found', { cause: error });
    }),
    listReachableContacts(listing),
  ]);
  if (isChosen || contactIds.includes(document.contactId)) return document;
  throw new AppError('not_found', { detail: 'No such document in this session' });
}

function listActions(actor: Actor, document: XeroDocumentDetail): DocumentAction[] {
  if (!hasKind(actor, document.kind)) return [];
  const actions = listDocumentActions(document, { canApprove: actor.session.user.admin });
  return actions.filter((action) => action !== 'convert_to_invoice' || hasKind(actor, 'invoice'));
}
