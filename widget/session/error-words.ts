import type { ErrorCode } from '#shared/error-catalogue.ts';
import type { FailureReason } from './failure.ts';

/**
 * What to say and offer. `retry`: a Retry button. `wait`: it comes by itself after a while. `connect`: an admin
 * connects Xero, others ask an admin.
 */
export type ErrorWords = { title: string; reason: string; action: 'retry' | 'wait' | 'connect' };

const fetching = 'Error fetching details, click Retry';

/** Where a code has several reasons that do not lie in the connection to Xero. */
const reasonWords: Partial<Record<FailureReason, string>> = {
  claims: 'The CRM’s sign-in carries details that cannot be used. An admin who opens this record sees which.',
  late: 'The CRM did not answer when it was asked for a sign-in. It may be slow right now.',
  offline: 'This device has no network right now.',
};

/** Words and action for every code there is; the compiler refuses a code without any. */
export function errorWords({ code, reason }: { code: ErrorCode; reason?: FailureReason }): ErrorWords {
  switch (code) {
    case 'calls_paced':
      return { title: 'Ledgerside is pacing its calls', reason: reasonOf(code), action: 'wait' };
    case 'xero_rate_limited':
      return { title: 'Xero asked us to wait', reason: reasonOf(code), action: 'wait' };
    case 'xero_day_limit':
      return { title: 'Today’s calls to Xero are used up', reason: reasonOf(code), action: 'wait' };
    case 'not_connected':
      return { title: 'Xero is not connected', reason: reasonOf(code), action: 'connect' };
    case 'reconnect_needed':
      return { title: 'Xero needs to be connected again', reason: reconnectWords(reason), action: 'connect' };
    default:
      return {
        title: reason === 'offline' ? 'You are offline' : fetching,
        reason: (reason && reasonWords[reason]) ?? reasonOf(code),
        action: 'retry',
      };
  }
}

/** Of documents that stand in no figure and no list. */
export function unreadableWords(count: number, format: { count(count: number): string }) {
  const [documents, they] = count === 1 ? ['document', 'It is'] : ['documents', 'They are'];
  return {
    title: `${format.count(count)} ${documents} could not be read.`,
    reason: `${they} in Xero and not counted here; everything else is.`,
  };
}

/** Why Xero has to be connected again. */
export function reconnectWords(reason: FailureReason | null | undefined): string {
  switch (reason) {
    case 'token_refused':
      return 'Xero does not accept our access any more: it was not used for 60 days, or it was taken back.';
    case 'disconnected_in_xero':
      return 'Somebody disconnected Ledgerside inside Xero.';
    case 'not_entitled':
      return 'The person who connected may no longer use this organisation in Xero.';
    case 'scope_missing':
      return 'What was allowed when connecting is less than what is needed now.';
    case 'key_changed':
      return 'The key that protects the stored access was changed.';
    default:
      return 'The connection to Xero has ended.';
  }
}

type XeroCode = Extract<ErrorCode, `xero_${string}`>;
type SignInCode = Extract<ErrorCode, `token_${string}` | `session_${string}` | `clock_${string}` | `record_${string}`>;

/** The reason alone, in plain words: for errors that stand beside what somebody just did. */
export function reasonOf(code: ErrorCode): string {
  if (isXeroCode(code)) return xeroReason(code);
  return isSignInCode(code) ? signInReason(code) : ownReason(code);
}

function isXeroCode(code: ErrorCode): code is XeroCode {
  return code.startsWith('xero_');
}

function isSignInCode(code: ErrorCode): code is SignInCode {
  return /^(token|session|clock|record)_/.test(code);
}

function signInReason(code: SignInCode): string {
  switch (code) {
    case 'token_invalid':
      return 'The CRM’s sign-in was not accepted. An admin should check the workspace’s key.';
    case 'token_expired':
      return 'The CRM’s sign-in ran out before it was used.';
    case 'token_replayed':
      return 'The CRM’s sign-in was used a second time.';
    case 'clock_skew':
      return 'The clock of the CRM’s server is off, so its sign-in was refused. An admin should set it right.';
    case 'record_mismatch':
      return 'The CRM signed in for another record. Reload the page.';
    case 'token_unavailable':
      return 'The CRM gave no sign-in for this record. You may be signed out there.';
    case 'session_expired':
      return 'The session has ended.';
  }
}

function ownReason(code: Exclude<ErrorCode, XeroCode | SignInCode>): string {
  switch (code) {
    case 'invalid_request':
      return 'The details sent were not understood.';
    case 'forbidden':
      return 'You may not do this. An admin can change your access in the settings.';
    case 'not_found':
      return 'This is not there any more, or not yours to see.';
    case 'method_not_allowed':
    case 'unsupported_media_type':
      return 'This page is older than its server. Reload it.';
    case 'payload_too_large':
      return 'That is more than can be sent at once.';
    case 'headers_too_large':
      return 'The browser sent more along with the request than is taken.';
    case 'request_timeout':
      return 'The request took too long to arrive. The network may be slow.';
    case 'too_many_requests':
      return 'That was too many requests in a short time.';
    case 'internal':
      return 'Something went wrong at our end.';
    case 'unavailable':
      return 'Ledgerside could not be reached.';
    case 'storage_full':
      return 'The storage of Ledgerside is full, so nothing was saved. Whoever runs it has to make room.';
    case 'calls_paced':
      return 'Xero takes so many calls a minute, and they are in use.';
    case 'not_connected':
      return 'Xero is not connected.';
    case 'reconnect_needed':
      return reconnectWords(null);
    case 'connect_ticket_invalid':
      return 'That link to connect was used before or is too old.';
    case 'access_changed':
      return 'Somebody else saved the list meanwhile.';
    case 'contact_exists':
      return 'A contact with this name exists in Xero already.';
    case 'contact_archived':
      return 'This contact is archived in Xero. Restore it there, or choose another.';
    case 'outcome_unknown':
      return 'An earlier attempt has not been settled yet. Try again in a moment.';
    case 'already_created':
      return 'This form has made its document already. Open a new one to add another.';
    case 'preflight_failed':
      return 'Some fields need another look; what is wrong stands beside them.';
    case 'action_not_allowed':
      return 'Xero does not allow this in the document’s present state.';
  }
}

function xeroReason(code: XeroCode): string {
  switch (code) {
    case 'xero_timeout':
      return 'Xero did not answer in time.';
    case 'xero_unreachable':
      return 'Xero could not be reached.';
    case 'xero_unavailable':
      return 'Xero has a problem at its end.';
    case 'xero_invalid_answer':
      return 'Xero sent an answer that cannot be read.';
    case 'xero_rate_limited':
      return 'Too many calls in one minute.';
    case 'xero_day_limit':
      return 'Xero allows a fixed number of calls a day.';
    case 'xero_unauthorized':
      return 'Xero did not accept our sign-in this time; the connection itself still stands.';
    case 'xero_forbidden':
      return 'Xero does not allow this for the connected organisation.';
    case 'xero_not_found':
      return 'Xero does not have this any more.';
    case 'xero_rejected':
      return 'Xero refused the request.';
  }
}
