import type { Summary } from '#shared/contract/summary.ts';
import type { Format } from '#widget/lib/format.ts';

export const figureWords = {
  asOf: (moment: string) => `As of ${moment}`,
  updating: 'updating…',
  details: { quick: 'Details', detail: 'View Details' },
  columns: { label: 'Figure', count: 'Count', amount: 'Amount' },
  /** The table of the quick view. */
  open: { title: 'Open in Xero', invoices: 'Invoices', bills: 'Bills', quotes: 'Quotes' },
  none: 'none',
  heroTitle: 'Overdue',
  theyOwe: 'They owe you',
  youOwe: 'You owe them',
  quotes: 'Open quotes',
  outstandingInvoices: 'Outstanding invoices',
  outstandingBills: 'Outstanding bills',
  invoices: 'invoices',
  bills: 'bills',
  ofWhichOverdue: 'of which overdue',
  overdue: 'overdue',
  draftAndSent: 'Draft and sent',
  ofThemExpired: 'of which expired',
  expired: 'expired',
  draftInvoices: 'Draft invoices',
  draftBills: 'Draft bills',
  acceptedQuotes: 'Accepted, not invoiced',
  creditInvoices: 'Their unused credit',
  creditBills: 'Your unused credit',
  /** Explains "≈". */
  basis: 'Each document is converted at its own exchange rate. The balance in Xero may differ.',
  basisSpoken: 'each document converted at its own exchange rate',
};

export const ageingLabels = {
  not_due: 'not due',
  '1_30': '1–30',
  '31_60': '31–60',
  '61_90': '61–90',
  over_90: '90+',
};

/** As `ageingLabels`, for screen readers. */
export const ageingSpoken = {
  not_due: 'Not due yet',
  '1_30': '1 to 30 days late',
  '31_60': '31 to 60 days late',
  '61_90': '61 to 90 days late',
  over_90: 'More than 90 days late',
};

export function plural(count: number, one: string, many: string, format: Format): string {
  return `${format.count(count)} ${count === 1 ? one : many}`;
}

/** `isPart`: some documents could not be read. */
export function nothingLateWords(hasLateBills: boolean, isPart: boolean): string {
  return `${hasLateBills ? 'No overdue invoices' : 'Nothing overdue'}${isPart ? ' in the rest' : ''}`;
}

export function lateBillsWords(count: number, format: Format): string {
  return `You have ${plural(count, 'overdue bill', 'overdue bills', format)}`;
}

/** `overdue · 3 invoices, up to 48 days late`. */
export function overdueWords({ overdueInvoices, mostDaysLate }: Summary, format: Format): string {
  const { count } = overdueInvoices;
  const invoices = plural(count, 'invoice', 'invoices', format);
  if (mostDaysLate === null) return `overdue · ${invoices}`;
  const days = plural(mostDaysLate, 'day', 'days', format);
  return `overdue · ${invoices}, ${count === 1 ? '' : 'up to '}${days} late`;
}

export function nothingOverdueWords(summary: Summary, format: Format, isPart: boolean): string {
  const { outstandingInvoices, nextDueDate } = summary;
  if (nextDueDate) return `next due ${format.day(nextDueDate)}`;
  return outstandingInvoices.count === 0 && !isPart ? 'no open invoices' : '';
}
