import type { WriteRow } from '#server/store/store.ts';
import type { RowAnswer } from '#server/xero/records/records.ts';
import type { AppError } from '#shared/app-error.ts';
import type { AnyRecordKey } from '#shared/contract/record.ts';
import type { Found, Sending, WriteHandler } from '../write-handler.ts';

/** One thing to write among many. Within one call of `writeMany`, each key is given once. */
export type ManyItem = {
  /** Names what is to be written, such as one version of one record. */
  writeKey: string;
  kind: string;
  record: AnyRecordKey;
  /** A hash of everything that is asked for. */
  bodyHash: string;
  /** Builds the bytes. Runs only when a new attempt begins. */
  prepare(intent: { writeId: string; attempt: number }): { request: string; details: string };
};

/** How writes of one kind are sent together, found again and closed. `T` is Xero's answer for one of them. */
export type ManyHandler<T> = Pick<WriteHandler<T>, 'action' | 'about' | 'toEnd' | 'parse'> & {
  /** How many writes Xero takes in one call; 50 when absent. 1 where Xero takes no arrays. */
  perCall?: number;
  /**
   * Sends exactly these writes in one call, as the given caller. Answers in their order. Rejects when the call failed as
   * a whole.
   */
  send(writes: readonly WriteRow[], sending: Sending): Promise<readonly RowAnswer<T>[]>;
  /** What earlier sendings made in Xero, by the write's id. A write that is left out was not searched for completely. */
  find(writes: readonly WriteRow[]): Promise<ReadonlyMap<string, Found<T>>>;
};

export type { RowAnswer };

/**
 * - `done`: it is in Xero. `write` is the stored row; its `bodyHash` tells with which body.
 * - `refused`: Xero refused it, and nothing was made. The next call begins a new attempt.
 * - `not_sent`: Xero was not reached, such as before a limit ends. Nothing was made; any body may be sent next.
 * - `undecided`: a search found what may be this write's, and a person decides.
 * - `unknown`: it may be in Xero. The next call searches first.
 */
export type ItemOutcome<T> =
  | { outcome: 'done'; write: WriteRow; made: T }
  | { outcome: 'refused'; error: AppError }
  | { outcome: 'not_sent'; error: AppError }
  | { outcome: 'undecided'; made: T[] }
  | { outcome: 'unknown'; error: AppError };

/** `not_made`: a complete search found nothing. The write is closed and will never be sent. */
export type FoundOutcome<T> = Exclude<ItemOutcome<T>, { outcome: 'refused' | 'not_sent' }> | { outcome: 'not_made' };
