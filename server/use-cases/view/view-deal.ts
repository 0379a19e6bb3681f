import { listNamedRecords } from '#server/identity/session.ts';
import { toPlaceKey } from '#server/ledger/entries/kept-documents.ts';
import { buildDealBar, isCounted } from '#server/ledger/sums/deal-bar.ts';
import { isExpired } from '#server/ledger/sums/sort-documents.ts';
import { daysLate, isOverdue } from '#server/ledger/sums/summary.ts';
import { listUnfinished } from '#server/use-cases/writes/list-unfinished.ts';
import type { DocumentHeader } from '#server/xero/documents/ledger-document.ts';
import type { XeroOrganisation } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import type { DealView, View } from '#shared/contract/view.ts';
import { roundToCurrency } from '#shared/money.ts';
import { findDocumentUrl, readOrganisation, todayOf, toFigures, type Viewing } from './figures.ts';
import { findDealContact } from './find-deal-contact.ts';
import { listChosenPlaces } from './list-chosen-places.ts';

/** The deal's value beside what was quoted, invoiced and paid in the documents chosen for it, and their figures. */
export async function viewDeal(viewing: Viewing): Promise<View> {
  const { claims } = viewing.actor.session;
  if (!('deal' in claims)) throw new AppError('token_invalid', { detail: 'The claim deal is missing' });
  const records = listNamedRecords(viewing.actor.session);
  const [organisation, unfinished, contact, places] = await Promise.all([
    readOrganisation(viewing),
    listUnfinished(viewing),
    findDealContact(viewing, records),
    listChosenPlaces(viewing, claims.record.id),
  ]);
  const { isFresh } = viewing;
  const contactIds = await listContactIds(viewing);
  const read = await viewing.deps.ledger.readById(viewing.caller, places, { isFresh, contactIds });
  const documents = places.flatMap((place) => read.documents.get(toPlaceKey(place)) ?? []);
  const figures = toFigures(viewing, { organisation, unfinished, read, documents, credits: null });
  const known = new Set([...read.documents.keys(), ...read.unreadable.map(toPlaceKey)]);
  const isComplete = places.every((place) => known.has(toPlaceKey(place)));
  const currency = claims.deal.currency ?? organisation.value?.baseCurrency;
  return {
    status: 'deal',
    bar: currency === undefined ? null : buildDealBar({ ...claims.deal, currency }, documents),
    chosen: documents.map((document) => toChosen(viewing, document, organisation.value)),
    contact,
    ...figures,
    // Figures over some of the documents would look like figures over all of them; those that cannot be read are told.
    summary: isComplete ? figures.summary : null,
  };
}

async function listContactIds({ deps, connection, actor }: Viewing): Promise<string[]> {
  const { workspaceId, organisationId } = connection;
  const links = await deps.store.links.list(workspaceId, organisationId, listNamedRecords(actor.session));
  return [...new Set(links.map(({ contactId }) => contactId))];
}

/** Without the organisation's zone nobody knows what is late. */
function toChosen(
  viewing: Viewing,
  document: DocumentHeader,
  organisation: XeroOrganisation | null,
): DealView['chosen'][number] {
  const today = organisation && todayOf(organisation, viewing.deps);
  const { id, kind, number, reference, status, date, dueDate, currency, total, amountDue } = document;
  return {
    ...{ id, kind, number, reference, status, date, dueDate, currency },
    total: roundToCurrency(total, currency),
    amountDue: roundToCurrency(amountDue, currency),
    url: findDocumentUrl(viewing, document),
    daysLate: today && isOverdue(document, today) ? daysLate(document, today) : null,
    isExpired: today !== null && isExpired(document, today),
    isCounted: isCounted(document),
  };
}
