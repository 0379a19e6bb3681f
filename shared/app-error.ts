import { type ErrorCode, errorCatalogue } from './error-catalogue.ts';

/**
 * What is wrong with a field. Errors of our own checks have a code (see field-error-words.ts) and the values of its
 * sentence; Xero's have only Xero's message.
 */
export type FieldError = { path: string; message: string; code?: string; values?: Readonly<Record<string, string>> };

/**
 * What a failed call proves about a write. Absent: it may have been done. `not_done`: nothing was done. `refused`: the
 * service read and refused it. `refused_unless_found`: it was refused, but an earlier sending, or this one, may have
 * been done.
 */
export type WriteProof = 'not_done' | 'refused' | 'refused_unless_found';

export type AppErrorDetails = {
  /** For people, in plain words. Never contains a secret or a customer's data. */
  detail?: string;
  /** How long to wait before trying again, in seconds. */
  retryAfterSeconds?: number;
  /** Which field is wrong, and why. Includes Xero's own validation messages. */
  errors?: FieldError[];
  /** Further members of the problem document, such as `contact` or `serverTime`. */
  extension?: Record<string, unknown>;
  /** Only for the log. Never contains a secret or a customer's data. */
  log?: Record<string, unknown>;
  /** Is never sent to the client. */
  proof?: WriteProof;
  cause?: unknown;
};

/** The only error class: a code of the catalogue with details. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: AppErrorDetails;

  constructor(code: ErrorCode, details: AppErrorDetails = {}) {
    super(details.detail ?? errorCatalogue[code].title, { cause: details.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = details;
  }
}
