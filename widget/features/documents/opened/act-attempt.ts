import type { CalendarDate } from '#shared/calendar.ts';
import type { ErrorCode } from '#shared/error-catalogue.ts';
import type { Failure } from '#widget/session/failure.ts';

/** One sending of a step: its key, and what a person said beside the step itself. */
export type Attempt = {
  key: string;
  /** Of the invoice that a quote is converted to. */
  dueDate?: CalendarDate;
  /** It may have been done: only the same request again tells. */
  isUnknown: boolean;
};

/**
 * What to send now. While the last sending is unknown it is sent again as it was, whatever was typed since: the server
 * refuses another body under its key, and under another key the step could be done twice.
 */
export function nextAttempt(
  last: Attempt | undefined,
  dueDate: CalendarDate | undefined,
  newKey: () => string,
): Attempt {
  if (last?.isUnknown) return last;
  return { key: last?.key ?? newKey(), isUnknown: false, ...(dueDate !== undefined && { dueDate }) };
}

/** Once unknown it stays so until the server says that nothing was done. */
export function afterFailure(attempt: Attempt, failure: Failure): Attempt {
  return { ...attempt, isUnknown: isUncertain(failure) || (attempt.isUnknown && !isRefusal(failure)) };
}

/** It may have been done all the same; the same step again finds out. */
function isUncertain({ isLost, write, code }: Failure): boolean {
  return isLost === true || write !== undefined || uncertainCodes.has(code);
}

const uncertainCodes: ReadonlySet<ErrorCode> = new Set([
  'outcome_unknown',
  'xero_timeout',
  'xero_invalid_answer',
  'internal',
  'unavailable',
]);

/** Said by the server only where no earlier sending of the step is open. */
function isRefusal({ code }: Failure): boolean {
  return code === 'preflight_failed' || code === 'xero_rejected' || code === 'action_not_allowed';
}

/** Why the due date that was typed, or its absence, is refused; undefined where it is not. */
export function findDueDateRefusal({ code, errors = [] }: Failure): string | undefined {
  return code === 'preflight_failed' ? errors.find(isOfDueDate)?.message : undefined;
}

/** What is left to say beside the field of the due date; null: nothing. */
export function withoutDueDate(failure: Failure): Failure | null {
  if (findDueDateRefusal(failure) === undefined) return failure;
  const errors = failure.errors?.filter((error) => !isOfDueDate(error)) ?? [];
  return errors.length > 0 ? { ...failure, errors } : null;
}

function isOfDueDate({ path }: { path: string }): boolean {
  return path === 'dueDate';
}
