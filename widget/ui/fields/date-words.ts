import { addDays, type CalendarDate } from '#shared/calendar.ts';
import type { TypedDates } from '#widget/lib/typed-dates.ts';

/** The error of a date that was not understood, with an example in the reader's own format. */
export function dateProblem({ writeDate }: TypedDates, today: CalendarDate): string {
  return `Enter a date, such as ${writeDate(addDays(today, 14))}.`;
}
