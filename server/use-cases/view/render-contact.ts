import type { LedgerRead } from '#server/ledger/ledger.ts';
import { findContactUrl } from '#server/use-cases/acting/xero-pages.ts';
import { AppError } from '#shared/app-error.ts';
import type { View } from '#shared/contract/view.ts';
import { type Rendering, toContactFigures } from './figures.ts';

/** A person of the CRM: the figures of the linked Xero contact. */
export function renderContact(rendering: Rendering, read: LedgerRead): View {
  const { facts } = rendering;
  const [link] = facts.links;
  if (!link) throw new AppError('internal');
  const figures = toContactFigures(rendering, read);
  const contact = {
    id: link.contactId,
    name: link.contactName,
    url: findContactUrl(facts.pages, link.contactId),
    ...(link.isArchived && { isArchived: true }),
  };
  return { status: 'linked', contact, ...figures, summary: read.entries.size > 0 ? figures.summary : null };
}
