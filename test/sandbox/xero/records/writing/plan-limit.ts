import type { Organisation } from '../organisation.ts';
import type { Invoice } from '../types.ts';

const words: Record<Invoice['Type'], 'invoices' | 'bills'> = { ACCREC: 'invoices', ACCPAY: 'bills' };

/**
 * Why the plan does not let another invoice or bill of this date be approved. Xero's smallest plans approve a number
 * of them a month; the document's date decides the month, and drafts do not count. Others observed the text about
 * invoices.
 */
export function planProblems(organisation: Organisation, type: Invoice['Type'], date: string): string[] {
  const limit = organisation.planLimit?.[words[type]];
  if (limit === undefined) return [];
  const month = date.slice(0, 'YYYY-MM'.length);
  const approved = [...organisation.books().invoices.values()].filter(
    (one) => one.Type === type && /AUTHORISED|PAID/.test(one.Status) && one.Date.startsWith(month),
  );
  return approved.length < limit ? [] : [`You have reached the limit of ${words[type]} you can approve.`];
}
