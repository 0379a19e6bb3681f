import { findContactUrl } from '#server/use-cases/acting/xero-pages.ts';
import { AppError } from '#shared/app-error.ts';
import type { View } from '#shared/contract/view.ts';
import { type FiguresSource, readFigures } from './figures.ts';
import type { ViewFacts } from './view-facts.ts';

/** A person of the CRM: the figures of the linked Xero contact. */
export async function renderContact(source: FiguresSource, facts: ViewFacts): Promise<View> {
  const [link] = facts.links;
  if (!link) throw new AppError('internal');
  const { figures, read } = await readFigures(source, facts, [link.contactId]);
  const contact = {
    id: link.contactId,
    name: link.contactName,
    url: findContactUrl(facts.pages, link.contactId),
    ...(link.isArchived && { isArchived: true }),
  };
  return { status: 'linked', contact, ...figures, summary: read.entries.size > 0 ? figures.summary : null };
}
