import type { FieldError } from '#shared/app-error.ts';
import type { DocumentAnswer } from '#shared/contract/document.ts';
import type { TokenFault } from '#shared/contract/session/open.ts';
import type { AccessSaving, ReconnectReason } from '#shared/contract/settings.ts';
import type { XeroContact } from '#shared/contract/xero-contact.ts';
import type { ErrorCode } from '#shared/error-catalogue.ts';

/** With `reconnect_needed`, `token_invalid`, `token_unavailable` (the page did not answer in time) and `unavailable`. */
export type FailureReason = ReconnectReason | TokenFault | 'late' | 'offline';

/** A failed request. */
export type Failure = {
  code: ErrorCode;
  /** null if the server did not answer. */
  requestId: string | null;
  status?: number;
  /** How long to wait before a retry, in seconds. */
  retryAfterSeconds?: number;
  /** Xero's own words, if it gave any. For admins, the claim of a record token that cannot be used. */
  detail?: string;
  /** The reason, for codes that have several. */
  reason?: FailureReason;
  errors?: FieldError[];
  /** With `contact_exists`: the contact that has the name. */
  contact?: XeroContact;
  /** With `already_created`: the document that this form has made. */
  document?: DocumentAnswer;
  /** With `access_changed`: what other people have saved. */
  savings?: AccessSaving[];
  /** The document whose outcome is unknown. `undecided`: a person has to say which one it is. */
  write?: { id: string; state: 'pending' | 'undecided' };
  /** The request may have been carried out: no answer came, or it could not be read. */
  isLost?: boolean;
  /** With `xero_invalid_answer` beside good figures: the number of documents that are in no figure. */
  unreadable?: number;
};

/**
 * The error that an answer holds beside its figures. Unreadable documents (their number; 0: none) are not a failure,
 * because the figures are up to date.
 */
export type Told = { failure: Failure | null; unreadable: number };

export function toTold(told: Failure | null): Told {
  const unreadable = told?.unreadable ?? 0;
  return { failure: unreadable ? null : told, unreadable };
}

/** Xero's texts in a refusal, each once. A refused write has them in `errors`. */
export function ownWords({ detail, errors = [] }: Failure): string[] {
  const texts = detail === undefined ? errors.map(({ message }) => message) : [detail];
  return [...new Set(texts)].filter(Boolean);
}

/** The error that the widget's queries and mutations reject with. */
export class CallError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, cause?: unknown) {
    super(failure.code, { cause });
    this.name = 'CallError';
    this.failure = failure;
  }
}

/** No answer came. The server may or may not have received the request. */
export function lostFailure(): Failure {
  return { code: 'unavailable', requestId: null, isLost: true, ...(isOffline() && { reason: 'offline' }) };
}

/** A browser is only sure when there is no network, so this is checked after a failure. */
export function isOffline(): boolean {
  return globalThis.navigator?.onLine === false;
}

/** Turns anything thrown into a failure. A fault of the widget itself is `internal`. */
export function toFailure(error: unknown): Failure {
  return error instanceof CallError ? error.failure : { code: 'internal', requestId: null };
}
