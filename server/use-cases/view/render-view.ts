import type { View } from '#shared/contract/view.ts';
import type { Rendering } from './figures.ts';
import type { ReadFigures } from './figures-source.ts';
import { renderCompany } from './render-company.ts';
import { renderContact } from './render-contact.ts';
import { renderDeal } from './render-deal.ts';

/** Renders the view of a linked record or a deal. It reads nothing itself: all it gets is the facts and the figures. */
export function renderView({ facts, requestId }: Rendering, figures: ReadFigures): View {
  if (figures.of === 'deal') {
    return renderDeal({ facts: { ...facts, deal: figures.deal }, requestId }, figures.read);
  }
  const render = facts.record.type === 'company' ? renderCompany : renderContact;
  return render({ facts, requestId }, figures.read);
}
