import type { ErrorCode } from '#shared/error-catalogue.ts';
import { reconnectWords } from '#shared/words/reconnect-words.ts';
import type { FailureReason } from './failure.ts';

/**
 * What to say and to offer. `retry`: a Retry button. `wait`: it continues automatically. `connect`: an admin connects
 * Xero, others are told to ask an admin.
 */
export type ErrorWords = { title: string; reason: string; action: 'retry' | 'wait' | 'connect' };

const fetching = 'Error fetching details, click Retry';

const wentWrong = 'Something went wrong on our side.';

/** Of synced records. The first five are only answered to the CRM's backend. */
const recordWords = {
  stale_version: wentWrong,
  version_reused: wentWrong,
  cursor_expired: wentWrong,
  already_accepted: wentWrong,
  crm_id_taken: wentWrong,
  question_changed: 'This was answered or changed in the meantime. Check it again.',
  run_in_progress: 'Another run is still in progress. Wait until it ends, or stop it.',
  confirmation_wrong: 'This is not the name of the organisation.',
} satisfies Partial<Record<ErrorCode, string>>;

/** Reasons of codes that have several, other than the connection to Xero. */
const reasonWords: Partial<Record<FailureReason, string>> = {
  claims: 'The CRM’s sign-in contains invalid details. An admin can open this record to see which.',
  late: 'The CRM did not provide a sign-in in time. It may be slow right now.',
  offline: 'This device has no network connection.',
};

/** Words and an action for every code. The compiler refuses a missing code. */
export function errorWords({ code, reason }: { code: ErrorCode; reason?: FailureReason }): ErrorWords {
  switch (code) {
    case 'calls_paced':
      return { title: 'Waiting to call Xero', reason: reasonOf(code), action: 'wait' };
    case 'xero_rate_limited':
      return { title: 'Xero asked us to wait', reason: reasonOf(code), action: 'wait' };
    case 'xero_day_limit':
      return { title: 'Today’s calls to Xero are used up', reason: reasonOf(code), action: 'wait' };
    case 'not_connected':
      return { title: 'Xero is not connected', reason: reasonOf(code), action: 'connect' };
    case 'reconnect_needed':
      return { title: 'Xero needs to be connected again', reason: reconnectReason(reason), action: 'connect' };
    default:
      return {
        title: reason === 'offline' ? 'You are offline' : fetching,
        reason: (reason && reasonWords[reason]) ?? reasonOf(code),
        action: 'retry',
      };
  }
}

/** For documents that are missing from figures and lists. */
export function unreadableWords(count: number, format: { count(count: number): string }) {
  const [documents, they] = count === 1 ? ['document', 'It is'] : ['documents', 'They are'];
  return {
    title: `${format.count(count)} ${documents} could not be read.`,
    reason: `${they} in Xero but not counted here. Everything else is.`,
  };
}

/** Why Xero has to be connected again. */
export function reconnectReason(reason: FailureReason | null | undefined): string {
  const words: Partial<Record<FailureReason, string>> = reconnectWords;
  return `${(reason && words[reason]) ?? 'The connection to Xero has ended'}.`;
}

type XeroCode = Extract<ErrorCode, `xero_${string}`>;
type SignInCode = Extract<ErrorCode, `token_${string}` | `session_${string}` | `clock_${string}` | `record_${string}`>;

/** The reason alone, for errors that are shown beside an action. */
export function reasonOf(code: ErrorCode): string {
  if (isXeroCode(code)) return xeroReason(code);
  if (isRecordCode(code)) return recordWords[code];
  return isSignInCode(code) ? signInReason(code) : ownReason(code);
}

function isXeroCode(code: ErrorCode): code is XeroCode {
  return code.startsWith('xero_');
}

function isRecordCode(code: ErrorCode): code is keyof typeof recordWords {
  return Object.hasOwn(recordWords, code);
}

function isSignInCode(code: ErrorCode): code is SignInCode {
  return /^(token|session|clock|record)_/.test(code);
}

function signInReason(code: SignInCode): string {
  switch (code) {
    case 'token_invalid':
      return 'The CRM’s sign-in was not accepted. An admin should check the workspace’s key.';
    case 'token_expired':
      return 'The CRM’s sign-in expired before it was used.';
    case 'token_replayed':
      return 'The CRM’s sign-in was already used.';
    case 'clock_skew':
      return 'The CRM server’s clock is wrong, so its sign-in was refused. An admin should correct it.';
    case 'record_mismatch':
      return 'The CRM’s sign-in is for another record. Reload the page.';
    case 'token_unavailable':
      return 'The CRM did not provide a sign-in for this record. You may be signed out there.';
    case 'session_expired':
      return 'The session has ended.';
  }
}

function ownReason(code: Exclude<ErrorCode, XeroCode | SignInCode | keyof typeof recordWords>): string {
  switch (code) {
    case 'invalid_request':
      return 'Some of the details sent are invalid.';
    case 'forbidden':
      return 'You don’t have permission to do this. An admin can change your access in the settings.';
    case 'not_found':
      return 'This no longer exists, or you don’t have access to it.';
    case 'method_not_allowed':
    case 'unsupported_media_type':
      return 'This page is out of date. Reload it.';
    case 'payload_too_large':
      return 'This is too large to send.';
    case 'headers_too_large':
      return 'The browser sent request headers that are too large.';
    case 'request_timeout':
      return 'The request took too long to arrive. The network may be slow.';
    case 'too_many_requests':
      return 'Too many requests in a short time.';
    case 'internal':
      return wentWrong;
    case 'unavailable':
      return 'Ledgerside could not be reached.';
    case 'storage_full':
      return 'Ledgerside’s storage is full, so nothing was saved. Its operator needs to free up space.';
    case 'calls_paced':
      return 'Xero limits calls per minute, and all of them are in use.';
    case 'not_connected':
      return 'Xero is not connected.';
    case 'reconnect_needed':
      return reconnectReason(null);
    case 'connect_ticket_invalid':
      return 'This connect link was already used or has expired.';
    case 'access_changed':
      return 'Someone else saved the list.';
    case 'contact_exists':
      return 'A contact with this name already exists in Xero.';
    case 'contact_archived':
      return 'This contact is archived in Xero. Restore it there, or choose another.';
    case 'outcome_unknown':
      return 'We’re still checking an earlier attempt. Try again in a moment.';
    case 'already_created':
      return 'This form has already created its document. Open a new form to add another.';
    case 'preflight_failed':
      return 'Some fields need fixing. See the messages beside them.';
    case 'action_not_allowed':
      return 'Xero does not allow this in the document’s current status.';
  }
}

function xeroReason(code: XeroCode): string {
  switch (code) {
    case 'xero_timeout':
      return 'Xero did not answer in time.';
    case 'xero_unreachable':
      return 'Xero could not be reached.';
    case 'xero_unavailable':
      return 'Xero is having a problem.';
    case 'xero_invalid_answer':
      return 'Xero sent an answer that we cannot read.';
    case 'xero_rate_limited':
      return 'Too many calls in one minute.';
    case 'xero_day_limit':
      return 'Xero allows a fixed number of calls per day.';
    case 'xero_unauthorized':
      return 'Xero did not accept our sign-in this time. The connection itself is still active.';
    case 'xero_forbidden':
      return 'Xero does not allow this for the connected organisation.';
    case 'xero_not_found':
      return 'This no longer exists in Xero.';
    case 'xero_rejected':
      return 'Xero refused the request.';
  }
}
