import { createHash } from 'node:crypto';
import type { StepName, WriteRow } from '#server/store/store.ts';
import type { About, Act } from '#server/use-cases/audit/audit.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';

/** How one kind of write is sent, found again and ended. `T` is what Xero answers. */
export type WriteHandler<T> = {
  /** Sends exactly `write.request`, by the caller that is given. */
  send(write: WriteRow, sending: Sending): Promise<T>;
  /** What earlier sendings of this write left in Xero. */
  find(write: WriteRow): Promise<Found<T>>;
  /** What is stored with its end. */
  toEnd(write: WriteRow, made: T): WriteEnd;
  /** `toEnd(…).result` read back. */
  parse(result: string): T;
  /** The action the audit names. */
  action: Act['action'];
  /** What is known of it before its outcome is. */
  about(write: WriteRow): About;
};

/** The caller has the gate that the bytes must pass. */
export type Sending = { caller: XeroCaller; idempotencyKey: string };

/**
 * `isWhole`: all that could be it was looked at, so that finding none means there is none. `isCertain`: what was found
 * can be nobody else's; false where another unfinished write asked for the same.
 */
export type Found<T> = { made: T[]; isWhole: boolean; isCertain: boolean };

export type WriteEnd = {
  result: string;
  /** Only of a document that it made. */
  documentId?: string;
  about: About;
  steps?: readonly { name: StepName; request: string }[];
};

export type Written<T> = { write: WriteRow; made: T };

export function toOutcomeUnknown(write: WriteRow, cause?: unknown): AppError {
  const { id, kind, state } = write;
  return new AppError('outcome_unknown', { cause, extension: { write: { id, kind, state } } });
}

export function hashParts(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
