import type { SyncPlace } from '#server/sync-place.ts';
import type { Instant, Lease } from '../../store.ts';

/** How far a list of Xero was read for the CRM. */
export type ReaderRow = SyncPlace & {
  /** Such as `invoices`. */
  resource: string;
  /** By Xero's clock: everything that changed before was read. Null before the first reading. */
  cursorAt: Instant | null;
  /** The day from which the first reading read everything. Null while it has not ended. */
  since: string | null;
  /** When it was read last, by our clock. */
  readAt: Instant | null;
  /** When it is read next. Null: not before somebody asks. */
  nextAt: Instant | null;
  /** How many readings in a row have failed. */
  tries: number;
  /** Rows of the last reading that could not be read and have no id to name them by. */
  setAside: number;
};

export type ReaderChange = Partial<Omit<ReaderRow, keyof SyncPlace | 'resource' | 'nextAt'>>;

/** `next`: when it is read next, unless somebody has asked for another time than `from` meanwhile. */
export type ReaderSaving = { owner: string; change: ReaderChange; next?: { from: Instant; to: Instant | null } };

export type ReaderStore = {
  list(where: SyncPlace): Promise<ReaderRow[]>;
  /** Makes a reader due no later than `at`, also one that nobody wanted read, or that was never made. */
  start(where: SyncPlace, resource: string, at: Instant): Promise<void>;
  /**
   * Leases a reader, due or not, and makes it due at `retryAt`, for the case that this owner never ends. Undefined when
   * it has a valid lease of another owner, or no row.
   */
  takeLease(
    where: SyncPlace,
    resource: string,
    taking: { lease: Lease; retryAt: Instant },
  ): Promise<ReaderRow | undefined>;
  /** False, and nothing is changed, when another owner has taken the lease meanwhile. */
  save(where: SyncPlace, resource: string, saving: ReaderSaving): Promise<boolean>;
  /** Returns how many readers this owner still has. */
  renewLeases(owner: string, until: Instant): Promise<number>;
  releaseLeases(owner: string): Promise<void>;
  /**
   * Makes a reader due at `at`, unless it is due before, or was read less than `everyMs` ago: then once that has passed.
   * Returns when it is due; null when there is no such reader, or nobody wants it read.
   */
  wake(where: SyncPlace, resource: string, when: { at: Instant; everyMs: number }): Promise<Instant | null>;
  /** Nobody wants it read. Nothing is changed when it is due at another time than `nextAt` meanwhile. */
  stop(where: SyncPlace, resource: string, nextAt: Instant): Promise<void>;
  /** Connected organisations with a reader that is due. */
  listDue(now: Instant, limit: number): Promise<SyncPlace[]>;
};
