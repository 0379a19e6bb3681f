import type { Quote, QuoteStatus } from '../types.ts';

/** Moves that the service was seen to refuse; a deleted quote goes nowhere. */
const refused: Record<QuoteStatus, QuoteStatus[]> = {
  DRAFT: ['DECLINED'],
  SENT: [],
  DECLINED: [],
  ACCEPTED: ['DECLINED'],
  INVOICED: [],
  DELETED: ['DRAFT', 'SENT', 'DECLINED', 'ACCEPTED', 'INVOICED', 'DELETED'],
};

const beginnings: QuoteStatus[] = ['DRAFT', 'SENT', 'ACCEPTED'];

export const quoteStateProblems = (wanted: QuoteStatus | undefined, known: Quote | undefined): string[] => {
  const isFine = known
    ? !refused[known.Status].includes(wanted ?? known.Status)
    : wanted === undefined || beginnings.includes(wanted);
  return isFine ? [] : ['Quote status change is invalid'];
};
