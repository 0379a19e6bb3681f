import type { AnyRecordKey } from '#shared/contract/record.ts';
import type { Begun, Closing, Instant, Lease, WriteRow } from '../../store.ts';

/** `sentIn`: the idempotency key of the call that it was last sent in with others; null: it never was. */
export type CallWriteRow = WriteRow & { sentIn: string | null };

/**
 * The same as for one write, for many in one call to Xero. Each runs in one transaction, and changes rows in the order
 * of their ids, so that two processes never block each other. Rows are returned in no particular order unless said.
 */
export type ManyWriteStore = {
  /** Like `begin` for each, in the order of the given rows. */
  beginMany(rows: readonly WriteRow[]): Promise<Begun[]>;
  /** The latest attempt under each key that has one. */
  findLatestMany(workspaceId: string, organisationId: string, writeKeys: readonly string[]): Promise<CallWriteRow[]>;
  findMany(workspaceId: string, ids: readonly string[]): Promise<WriteRow[]>;
  /** Takes the leases of those that are open and free, and returns them. */
  takeLeases(ids: readonly string[], lease: Lease): Promise<CallWriteRow[]>;
  /** Leaves rows that have another owner by now. */
  renewLeases(ids: readonly string[], owner: string, until: Instant): Promise<void>;
  releaseLeases(ids: readonly string[], owner: string): Promise<void>;
  /**
   * Records that they are being sent now, in this call, and renews the leases. Returns the ids that are still ours;
   * nothing may be sent unless all are.
   */
  markManySent(ids: readonly string[], call: { key: string; lease: Lease }): Promise<string[]>;
  /** Takes the mark back where a sending certainly did nothing. Leaves rows that have another owner by now. */
  markUnsent(ids: readonly string[], owner: string): Promise<void>;
  /** Like `close` for each. Returns the ids that were closed now. */
  closeMany(closings: readonly { id: string; closing: Closing }[]): Promise<string[]>;
  /** Open writes that were last sent in one of these calls. */
  listSentIn(workspaceId: string, calls: readonly string[]): Promise<CallWriteRow[]>;
  /** All writes of these records, in any state, oldest first. */
  listOfRecords(workspaceId: string, organisationId: string, records: readonly AnyRecordKey[]): Promise<WriteRow[]>;
};
