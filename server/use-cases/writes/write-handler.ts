import { createHash } from 'node:crypto';
import type { StepName, WriteRow } from '#server/store/store.ts';
import type { About, Act } from '#server/use-cases/audit/audit.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';

/** How one kind of write is sent, found again and closed. `T` is Xero's answer. */
export type WriteHandler<T> = {
  /** Sends exactly `write.request` as the given caller. */
  send(write: WriteRow, sending: Sending): Promise<T>;
  /** What earlier sendings of this write made in Xero. */
  find(write: WriteRow): Promise<Found<T>>;
  /** What is stored when it is closed. */
  toEnd(write: WriteRow, made: T): WriteEnd;
  /** Parses `toEnd(…).result`. */
  parse(result: string): T;
  /** The action's name in the audit. */
  action: Act['action'];
  /** What a person sees of a write whose outcome is unknown. */
  about(write: WriteRow): About;
};

/** The caller contains the gate that the bytes must pass. */
export type Sending = { caller: XeroCaller; idempotencyKey: string };

/**
 * `isWhole`: every possible match was checked, so an empty result means that there is none. `isCertain`: the match can
 * only be this write's; false when another unfinished write asked for the same.
 */
export type Found<T> = { made: T[]; isWhole: boolean; isCertain: boolean };

export type WriteEnd = {
  result: string;
  /** Only for a document that this write made. */
  documentId?: string;
  about: About;
  steps?: readonly { name: StepName; request: string }[];
};

export type Written<T> = { write: WriteRow; made: T };

export function toOutcomeUnknown(write: WriteRow, cause?: unknown): AppError {
  const { id, kind, state } = write;
  return new AppError('outcome_unknown', { cause, extension: { write: { id, kind, state } } });
}

/**
 * For a write with unknown outcome, these codes would be wrong: they say that nothing was saved or that Xero refused
 * it.
 */
const wouldMislead: Readonly<Record<string, AppError['code']>> = {
  storage_full: 'outcome_unknown',
  xero_rejected: 'xero_invalid_answer',
  xero_not_found: 'xero_invalid_answer',
};

/** Adds the open write to the error. */
export function withWrite(error: AppError, { id, kind, state }: WriteRow): AppError {
  const extension = { ...error.details.extension, write: { id, kind, state } };
  const { errors: _, ...details } = error.details;
  return new AppError(wouldMislead[error.code] ?? error.code, { ...details, extension, cause: error });
}

export function hashParts(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
