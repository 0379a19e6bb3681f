import { type ErrorCode, errorCatalogue } from './error-catalogue.ts';

export type FieldError = { path: string; message: string };

/**
 * What a failed call proves of a write; absent: it may have been done all the same. `not_done`: nothing of it was done.
 * `refused`: the service read it and refused it. `refused_unless_found`: it was refused, but an earlier sending or the
 * same one may have been done.
 */
export type WriteProof = 'not_done' | 'refused' | 'refused_unless_found';

export type AppErrorDetails = {
  /** For people, in plain words; never holds a secret or a customer's data. */
  detail?: string;
  /** How long to wait before trying again, in seconds. */
  retryAfterSeconds?: number;
  /** What is wrong with which field; Xero's own validation texts land here. */
  errors?: FieldError[];
  /** More members of the problem document, such as `contact` or `serverTime`. */
  extension?: Record<string, unknown>;
  /** For the log alone; never holds a secret or a customer's data. */
  log?: Record<string, unknown>;
  /** Never leaves the server. */
  proof?: WriteProof;
  cause?: unknown;
};

/** The one error class: a code of the catalogue and what is known beside it. */
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
