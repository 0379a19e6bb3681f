import type { Deps } from '#server/deps.ts';
import { type PersonActing, startActing } from '#server/use-cases/acting/acting.ts';
import { canAdd, requireSee } from '#server/use-cases/acting/kind-rights.ts';
import type { Person } from '#server/use-cases/acting/principal.ts';
import { listReachableContacts, requireDocument } from '#server/use-cases/acting/reach.ts';
import type { XeroDocumentDetail } from '#server/xero/documents/document-detail.ts';
import { AppError } from '#shared/app-error.ts';
import { type DocumentAction, listDocumentActions } from '#shared/contract/document-actions.ts';
import type { OpenedDocument } from '#shared/contract/documents.ts';
import type { DocumentRef } from '#shared/document-kinds.ts';
import { type Decimal, roundToCurrency } from '#shared/money.ts';
import { type ListFacts, readListFacts, toListedDocument } from './list-facts.ts';

/** Reads one document as it is in Xero now, and updates the figures with it. */
export async function openDocument(deps: Deps, person: Person, ref: DocumentRef): Promise<OpenedDocument> {
  requireSee(person, ref.kind);
  const acting = await startActing(deps, person);
  const facts = await readListFacts(acting);
  const document = await getReachable(acting, facts, ref);
  await deps.ledger.merge(acting.caller.organisationId, document);
  const listed = toListedDocument(facts, document);
  return {
    ...listed,
    contact: { ...listed.contact, name: listed.contact.name || (document.contactName ?? '') },
    ...toDetails(document),
    actions: listActions(person, document),
  };
}

/** Amounts have the currency's own decimals, prices as many as were typed. */
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

async function getReachable(
  acting: PersonActing,
  { chosen }: ListFacts,
  ref: DocumentRef,
): Promise<XeroDocumentDetail> {
  const { deps, caller } = acting;
  const [document, contactIds] = await Promise.all([
    deps.xero.getDocumentDetail(caller, ref).catch((error: unknown) => {
      if (!(error instanceof AppError) || error.code !== 'xero_not_found') throw error;
      throw new AppError('not_found', { cause: error });
    }),
    listReachableContacts(acting),
  ]);
  return requireDocument({ contactIds, chosen }, document);
}

function listActions(person: Person, document: XeroDocumentDetail): DocumentAction[] {
  if (!canAdd(person, document.kind)) return [];
  const actions = listDocumentActions(document, { canApprove: person.session.user.admin });
  return actions.filter((action) => action !== 'convert_to_invoice' || canAdd(person, 'invoice'));
}
