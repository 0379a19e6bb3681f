import { createHash } from 'node:crypto';
import { AppError } from '#shared/app-error.ts';
import type { StepName, WriteRow } from '../../store/store.ts';
import type { About, Act } from '../audit.ts';

/** How one kind of write is sent, found again and ended. `T` is what Xero answers. */
export type WriteHandler<T> = {
  /** Sends exactly `write.request`. */
  send(write: WriteRow, idempotencyKey: string): Promise<T>;
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

/**
 * `isRemembered`: by Xero's own clock it still remembers the key of the first sending, so that sending again does
 * nothing twice and answers more exactly than any look.
 */
export type Found<T> = { made: T[]; isRemembered: boolean };

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
