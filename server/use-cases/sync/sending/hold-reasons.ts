import type { AppError } from '#shared/app-error.ts';
import type { ErrorCode } from '#shared/error-catalogue.ts';
import { toWaitReason } from '../words/waits.ts';
import type { Outcome, WaitReason } from './outcome.ts';

type Hold = { code: WaitReason['code']; blockedOn: string | null; afterMs: number };

const minute = 60 * 1000;
const hour = 60 * minute;

/** What holds every record of an organisation, by the error that a call ended with. A reconnection wakes them at once. */
const holds: { [Code in ErrorCode]?: Hold } = {
  not_connected: { code: 'not_connected', blockedOn: 'connection', afterMs: 6 * hour },
  reconnect_needed: { code: 'reconnect_needed', blockedOn: 'connection', afterMs: 6 * hour },
  xero_unauthorized: { code: 'reconnect_needed', blockedOn: 'connection', afterMs: 10 * minute },
  xero_day_limit: { code: 'day_spent', blockedOn: 'day', afterMs: hour },
  xero_rate_limited: { code: 'xero_paused', blockedOn: null, afterMs: minute },
  calls_paced: { code: 'xero_paused', blockedOn: null, afterMs: minute },
  xero_timeout: { code: 'xero_failing', blockedOn: null, afterMs: minute },
  xero_unreachable: { code: 'xero_failing', blockedOn: null, afterMs: minute },
  xero_unavailable: { code: 'xero_failing', blockedOn: null, afterMs: minute },
  xero_invalid_answer: { code: 'xero_failing', blockedOn: null, afterMs: 5 * minute },
  outcome_unknown: { code: 'outcome_unknown', blockedOn: null, afterMs: minute },
};

const longestMs = 6 * hour;

/**
 * The wait that follows from a failed call; undefined for any other error. If Xero says how long to wait, that counts.
 */
export function toHold({ code, details }: AppError): Extract<Outcome, { type: 'wait' }> | undefined {
  const hold = holds[code];
  if (!hold) return undefined;
  const { retryAfterSeconds } = details;
  const afterMs = retryAfterSeconds === undefined ? hold.afterMs : Math.min(retryAfterSeconds * 1000, longestMs);
  return { type: 'wait', reason: toWaitReason(hold.code), blockedOn: hold.blockedOn, afterMs };
}
