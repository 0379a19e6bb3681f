import type { PaymentTerm } from '#shared/contract/choices.ts';
import { addDays, type CalendarDate, dayOfMonth } from './calendar.ts';

/**
 * The due date (or a quote's expiry date) that Xero fills in: `day` days after the document's date or after the last
 * day of its month, or the `day`th of its month or of the next. In shorter months, 31 means the last day. "Of the
 * current month" may therefore be before the document's date. Source: Xero's OpenAPI (`PaymentTermType`) and its help
 * on due dates: 15 July and 6 days after the end of the month is 6 August; 20 November and 31 of the current month is
 * 30 November.
 */
export function computeDueDate(date: CalendarDate, { type, day }: PaymentTerm): CalendarDate {
  switch (type) {
    case 'DAYSAFTERBILLDATE':
      return addDays(date, day);
    case 'DAYSAFTERBILLMONTH':
      return addDays(dayOfMonth(date, 31), day);
    case 'OFCURRENTMONTH':
      return dayOfMonth(date, day);
    case 'OFFOLLOWINGMONTH':
      return dayOfMonth(date, day, 1);
  }
}
