import type { Quote, QuoteStatus } from '../types.ts';

/** "Quote status changes" in Xero's documentation of Quotes. A deleted quote cannot change. */
const next: Record<QuoteStatus, QuoteStatus[]> = {
  DRAFT: ['DRAFT', 'SENT', 'DELETED'],
  SENT: ['SENT', 'ACCEPTED', 'DECLINED', 'DELETED'],
  DECLINED: ['DECLINED', 'SENT', 'DELETED'],
  ACCEPTED: ['ACCEPTED', 'INVOICED', 'SENT', 'DELETED'],
  INVOICED: ['INVOICED', 'SENT', 'DELETED'],
  DELETED: [],
};

const beginnings: QuoteStatus[] = ['DRAFT', 'SENT', 'ACCEPTED'];

export function quoteStateProblems(wanted: QuoteStatus | undefined, known: Quote | undefined): string[] {
  const isFine = known
    ? next[known.Status].includes(wanted ?? known.Status)
    : wanted === undefined || beginnings.includes(wanted);
  return isFine ? [] : ['Quote status change is invalid'];
}
