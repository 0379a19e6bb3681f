import { type ErrorCode, errorCatalogue } from './error-catalogue.ts';

export type FieldError = { path: string; message: string };

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
