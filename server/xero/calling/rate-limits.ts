import { readRetryAfter } from '#server/xero/answers/translate-errors.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import { AppError } from '#shared/app-error.ts';

/** What a 429 asks for. `concurrent`: too many calls at once, with no time to wait. */
export type RateLimit = { problem: 'concurrent' } | { problem: 'minute' | 'day'; seconds: number };

/** Used when Xero does not say how long to wait: a rolling minute, or an hour before checking again. */
const usualSeconds = { minute: 60, day: 3600 } as const;

/**
 * `appminute`, the limit of the whole app, also lasts a minute (source: "API limits" in Xero's developer
 * documentation).
 */
export function readRateLimit(answer: XeroAnswer): RateLimit {
  const name = answer.headers['x-rate-limit-problem']?.trim().toLowerCase();
  const seconds = readRetryAfter(answer);
  if (name === 'concurrent' || (name === undefined && seconds === undefined)) return { problem: 'concurrent' };
  const isDay = name === 'day' || (name === undefined && (seconds ?? 0) > 2 * usualSeconds.minute);
  const problem = isDay ? 'day' : 'minute';
  return { problem, seconds: seconds ?? usualSeconds[problem] };
}

export function toRateLimitError(limit: RateLimit): AppError {
  const cause = new Error(`HTTP 429 ${limit.problem}`);
  if (limit.problem === 'concurrent') return new AppError('xero_rate_limited', { cause, retryAfterSeconds: 1 });
  const code = limit.problem === 'day' ? 'xero_day_limit' : 'xero_rate_limited';
  return new AppError(code, { cause, retryAfterSeconds: limit.seconds });
}
