import type { DocumentAnswer } from '#shared/contract/document.ts';
import type { TokenFault } from '#shared/contract/open.ts';
import type { AccessSaving, ReconnectReason } from '#shared/contract/settings.ts';
import type { XeroContact } from '#shared/contract/xero-contact.ts';
import type { ErrorCode } from '#shared/error-catalogue.ts';

/** With `reconnect_needed`, `token_invalid`, `token_unavailable` (the page did not answer in time) and `unavailable`. */
export type FailureReason = ReconnectReason | TokenFault | 'late' | 'offline';

/** What is known of a request that failed. */
export type Failure = {
  code: ErrorCode;
  /** null when no answer of the server's came. */
  requestId: string | null;
  status?: number;
  /** How long to wait before trying again, in seconds. */
  retryAfterSeconds?: number;
  /** Xero's own words, where it gave any; for admins, which claim of a record token cannot be used. */
  detail?: string;
  /** Why, where a code has several reasons. */
  reason?: FailureReason;
  errors?: { path: string; message: string }[];
  /** With `contact_exists`: the contact that has the name. */
  contact?: XeroContact;
  /** With `already_created`: what this form has made. */
  document?: DocumentAnswer;
  /** With `access_changed`: who saved what meanwhile. */
  savings?: AccessSaving[];
  /** The document that is not settled because of it: `undecided` waits for a person to say which it is. */
  write?: { id: string; state: 'pending' | 'undecided' };
  /** The request may have been carried out: its answer never came, or could not be read. */
  isLost?: boolean;
  /** With `xero_invalid_answer`, beside good figures: so many documents are in none of them. */
  unreadable?: number;
};

/**
 * What an answer says beside its figures. Documents that could not be read (so many; 0: none) are no failure: the figures
 * are as new as ever.
 */
export type Told = { failure: Failure | null; unreadable: number };

export function toTold(told: Failure | null): Told {
  const unreadable = told?.unreadable ?? 0;
  return { failure: unreadable ? null : told, unreadable };
}

/** What the refusal itself says: Xero's texts (a refused write has them in `errors`), each once. */
export function ownWords({ detail, errors = [] }: Failure): string[] {
  const texts = detail === undefined ? errors.map(({ message }) => message) : [detail];
  return [...new Set(texts)].filter(Boolean);
}

/** A request that failed; what the widget's queries and mutations reject with. */
export class CallError extends Error {
  readonly failure: Failure;

  constructor(failure: Failure, cause?: unknown) {
    super(failure.code, { cause });
    this.name = 'CallError';
    this.failure = failure;
  }
}

/** The answer never came: the server may or may not have heard the question. */
export function lostFailure(): Failure {
  return { code: 'unavailable', requestId: null, isLost: true, ...(isOffline() && { reason: 'offline' }) };
}

/** Browsers know for certain only that there is no network, so this is asked once something has failed. */
export function isOffline(): boolean {
  return globalThis.navigator?.onLine === false;
}

/** Anything thrown, as a failure; a fault of the widget's own counts as `internal`. */
export function toFailure(error: unknown): Failure {
  return error instanceof CallError ? error.failure : { code: 'internal', requestId: null };
}
