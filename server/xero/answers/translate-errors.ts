import { AppError } from '#shared/app-error.ts';
import type { ErrorCode } from '#shared/error-catalogue.ts';
import { toRejection } from './rejections.ts';
import type { XeroAnswer, XeroOutcome } from './xero-answer.ts';

const byKind: Readonly<Record<Exclude<XeroOutcome['kind'], 'answer'>, ErrorCode>> = {
  timeout: 'xero_timeout',
  cancelled: 'xero_timeout',
  network: 'xero_unreachable',
  too_large: 'xero_invalid_answer',
  kept_back: 'outcome_unknown',
};

/** Translates a failed call, except for 429 and for errors of the connection. */
export function toAppError(outcome: XeroOutcome): AppError {
  if (outcome.kind !== 'answer') return new AppError(byKind[outcome.kind], { cause: new Error(outcome.code) });
  const { answer } = outcome;
  if (answer.status === 400) return toRejection(answer);
  const details = { cause: new Error(`HTTP ${answer.status}`), retryAfterSeconds: readRetryAfter(answer) };
  return new AppError(isInsufficientScope(outcome) ? 'xero_forbidden' : toCode(answer.status), details);
}

/**
 * The consent lacks a scope, and a new token does not help. RFC 6750, section 3.1, names the error
 * `insufficient_scope`; Xero has been seen to misspell it as `insufficent_scope`.
 */
export function isInsufficientScope(outcome: XeroOutcome): boolean {
  if (outcome.kind !== 'answer' || ![401, 403].includes(outcome.answer.status)) return false;
  return /insuff\w*[_ ]scope/i.test(outcome.answer.headers['www-authenticate'] ?? '');
}

function toCode(status: number): ErrorCode {
  if (status === 401) return 'xero_unauthorized';
  if (status === 403) return 'xero_forbidden';
  if (status === 404) return 'xero_not_found';
  if (status >= 500) return 'xero_unavailable';
  // Redirects are never followed, because they would carry the bearer token elsewhere.
  return status < 400 ? 'xero_invalid_answer' : 'xero_rejected';
}

/** One day: longer than any wait that Xero asks for. */
const longestSeconds = 86_400;

/** Retry-After in whole seconds: a number, or a date compared with the answer's own Date. */
export function readRetryAfter(answer: XeroAnswer): number | undefined {
  const text = answer.headers['retry-after'];
  if (text === undefined) return undefined;
  const seconds = /^\d+$/.test(text)
    ? Number(text)
    : Math.ceil((Date.parse(text) - Date.parse(answer.headers.date ?? '')) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.min(Math.max(seconds, 1), longestSeconds);
}
