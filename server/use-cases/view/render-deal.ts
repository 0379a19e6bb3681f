import type { ByIdRead } from '#server/ledger/entries/documents-by-id.ts';
import { buildDealBar, isCounted } from '#server/ledger/sums/deal-bar.ts';
import { isExpired } from '#server/ledger/sums/sort-documents.ts';
import { daysLate, isOverdue } from '#server/ledger/sums/summary.ts';
import { toContactIds } from '#server/use-cases/acting/reach.ts';
import { findContactUrl, findDocumentUrl } from '#server/use-cases/acting/xero-pages.ts';
import type { DocumentHeader } from '#server/xero/documents/document-header.ts';
import type { DealView, View } from '#shared/contract/view.ts';
import type { ContactRef } from '#shared/contract/xero-contact.ts';
import { toRefKey } from '#shared/document-kinds.ts';
import { roundToCurrency } from '#shared/money.ts';
import { type Rendering, toFigures } from './figures.ts';
import type { DealFacts, ViewFacts } from './view-facts.ts';

type Facts = ViewFacts & { deal: DealFacts };

/** The deal's value, what was quoted, invoiced and paid in its chosen documents, and their figures. */
export function renderDeal(rendering: Rendering<Facts>, read: ByIdRead): View {
  const { facts } = rendering;
  const { claims, chosen } = facts.deal;
  const documents = chosen.flatMap((ref) => read.documents.get(toRefKey(ref)) ?? []);
  const figures = toFigures(rendering, { read, documents, credits: null });
  const known = new Set([...read.documents.keys(), ...read.unreadable.map(toRefKey)]);
  const isComplete = chosen.every((ref) => known.has(toRefKey(ref)));
  const currency = claims.currency ?? facts.organisation?.baseCurrency;
  return {
    status: 'deal',
    bar: currency === undefined ? null : buildDealBar({ ...claims, currency }, documents),
    chosen: documents.map((document) => toChosen(facts, document)),
    contact: findDealContact(facts),
    ...figures,
    // Figures over some of the documents would look like figures over all of them. Unreadable documents are reported.
    summary: isComplete ? figures.summary : null,
  };
}

/**
 * The contact for new documents of the deal: the Xero contact of its primary contact, or else of its company, or else
 * the only one there is. If there are several, a person must choose on the contact's own page.
 */
function findDealContact({ links, pages, deal }: Facts): ContactRef | null {
  const link =
    links.find(({ record }) => record.type === 'contact' && record.id === deal.primaryContactId) ??
    links.find(({ record }) => record.type === 'company') ??
    (toContactIds(links).length === 1 ? links[0] : undefined);
  if (!link) return null;
  return { id: link.contactId, name: link.contactName, url: findContactUrl(pages, link.contactId) };
}

/** Without the organisation's time zone, it is unknown what is overdue. */
function toChosen({ today, pages }: Facts, document: DocumentHeader): DealView['chosen'][number] {
  const { id, kind, number, reference, status, date, dueDate, currency, total, amountDue } = document;
  return {
    ...{ id, kind, number, reference, status, date, dueDate, currency },
    total: roundToCurrency(total, currency),
    amountDue: roundToCurrency(amountDue, currency),
    url: findDocumentUrl(pages, document),
    daysLate: today && isOverdue(document, today) ? daysLate(document, today) : null,
    isExpired: today !== null && isExpired(document, today),
    isCounted: isCounted(document),
  };
}
