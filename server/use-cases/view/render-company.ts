import type { LedgerRead } from '#server/ledger/ledger.ts';
import { toContactIds } from '#server/use-cases/acting/reach.ts';
import { findContactUrl } from '#server/use-cases/acting/xero-pages.ts';
import type { Member, View } from '#shared/contract/view.ts';
import { buildSummarise, type Rendering, toContactFigures } from './figures.ts';
import type { ViewFacts } from './view-facts.ts';

/** The figures of the company's own Xero contact and those of its people. Each contact counts once. */
export function renderCompany(rendering: Rendering, read: LedgerRead): View {
  const { facts } = rendering;
  const contactIds = toContactIds(facts.links);
  const figures = toContactFigures(rendering, read);
  const summarise = buildSummarise(facts);
  const creditsOf = (contactId: string) => read.credits?.filter((credit) => credit.contactId === contactId) ?? null;
  const members = contactIds.map((contactId): Member => {
    const entry = read.entries.get(contactId);
    const summary = entry ? summarise(entry.documents, creditsOf(contactId)) : null;
    return { ...toMember(facts, contactId), summary };
  });
  const isComplete = read.entries.size === contactIds.length;
  return {
    status: 'company',
    members,
    unlinked: facts.records.list.filter((record) => !facts.links.some((link) => isSame(link.record, record))),
    ...figures,
    // Figures over some of the contacts would look like figures over all of them.
    summary: isComplete ? figures.summary : null,
  };
}

function toMember({ links, pages, records }: ViewFacts, contactId: string): Omit<Member, 'summary'> {
  const own = links.filter((link) => link.contactId === contactId);
  return {
    contact: {
      id: contactId,
      name: own[0]?.contactName ?? '',
      url: findContactUrl(pages, contactId),
      ...(own[0]?.isArchived && { isArchived: true }),
    },
    records: records.list.filter((record) => own.some((link) => isSame(link.record, record))),
  };
}

function isSame(a: { type: string; id: string }, b: { type: string; id: string }): boolean {
  return a.type === b.type && a.id === b.id;
}
