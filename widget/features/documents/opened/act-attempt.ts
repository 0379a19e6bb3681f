import type { CalendarDate } from '#shared/calendar.ts';
import type { ErrorCode } from '#shared/error-catalogue.ts';
import type { Failure } from '#widget/session/failures/failure.ts';

/** One attempt of an action: its key, and what a person entered for it. */
export type Attempt = {
  key: string;
  /** The due date of the invoice that a quote is converted to. */
  dueDate?: CalendarDate;
  /** It may have been done. Only the same request can find out. */
  isUnknown: boolean;
};

/**
 * What to send now. An attempt whose outcome is unknown is sent again unchanged, whatever was typed since: the server
 * refuses another body under the same key, and another key could do the action twice.
 */
export function nextAttempt(
  last: Attempt | undefined,
  dueDate: CalendarDate | undefined,
  newKey: () => string,
): Attempt {
  if (last?.isUnknown) return last;
  return { key: last?.key ?? newKey(), isUnknown: false, ...(dueDate !== undefined && { dueDate }) };
}

/** An unknown outcome stays unknown until the server says that nothing was done. */
export function afterFailure(attempt: Attempt, failure: Failure): Attempt {
  return { ...attempt, isUnknown: isUncertain(failure) || (attempt.isUnknown && !isRefusal(failure)) };
}

/** It may have been done. The same action again finds out. */
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

/** The server says this only if no earlier attempt of the action is open. */
function isRefusal({ code }: Failure): boolean {
  return code === 'preflight_failed' || code === 'xero_rejected' || code === 'action_not_allowed';
}

/** Why the due date is refused; undefined if it is not. */
export function findDueDateRefusal({ code, errors = [] }: Failure): string | undefined {
  return code === 'preflight_failed' ? errors.find(isOfDueDate)?.message : undefined;
}

/** The failure without what the field of the due date already says; null if nothing is left. */
export function withoutDueDate(failure: Failure): Failure | null {
  if (findDueDateRefusal(failure) === undefined) return failure;
  const errors = failure.errors?.filter((error) => !isOfDueDate(error)) ?? [];
  return errors.length > 0 ? { ...failure, errors } : null;
}

function isOfDueDate({ path }: { path: string }): boolean {
  return path === 'dueDate';
}
