import type { View } from '#shared/contract/view.ts';
import type { FiguresSource } from './figures.ts';
import { renderCompany } from './render-company.ts';
import { renderContact } from './render-contact.ts';
import { renderDeal } from './render-deal.ts';
import type { ViewFacts } from './view-facts.ts';

/** Renders the view of a linked record or a deal from its facts and the ledger's figures only. */
export async function renderView(source: FiguresSource, facts: ViewFacts): Promise<View> {
  const { deal } = facts;
  if (deal) return renderDeal(source, { ...facts, deal });
  return facts.record.type === 'company' ? renderCompany(source, facts) : renderContact(source, facts);
}
