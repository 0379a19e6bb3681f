import type { CalendarDate } from '#shared/calendar.ts';
import { readFieldError } from '#shared/words/field-error-words.ts';
import type { Failure } from './failure.ts';

/** The failure with our sentences for the errors of a document's fields. For use outside the first paint. */
export function sayErrors(failure: Failure, writeDate: (date: CalendarDate) => string): Failure {
  if (!failure.errors) return failure;
  const errors = failure.errors.map((error) => ({ path: error.path, message: readFieldError(error, writeDate) }));
  return { ...failure, errors };
}
