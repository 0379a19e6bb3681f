import type { DocumentWarning } from '#shared/contract/document.ts';

/** The texts of a document's warnings. A total that differs is shown with both amounts. */
export const warningWords: Readonly<Record<Exclude<DocumentWarning, 'total_differs'>, string>> = {
  history_pending: 'The history note has not been added in Xero yet. We’ll keep trying.',
  email_failed: 'The e-mail was not sent. Send it from Xero.',
  email_unknown: 'We don’t know whether the e-mail was sent. Check in Xero before you send it again.',
  quote_pending: 'The quote has not been marked as invoiced yet. We’ll keep trying.',
  quote_failed: 'Xero refused to mark the quote as invoiced. Mark it in Xero.',
  quote_differs: 'The quote’s total in Xero changed when it was marked as invoiced. Check the quote in Xero.',
};

/** Xero computed another total than expected. null: the expected one is no longer known. */
export function totalDiffersWords(xero: string, expected: string | null): string {
  const instead = expected === null ? '' : ` instead of ${expected}`;
  return `Xero’s total is ${xero}${instead}. Xero’s total applies.`;
}
