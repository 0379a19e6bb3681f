import type { AnyRecordKey } from '#shared/contract/record.ts';
import type {
  Begun,
  Closing,
  Instant,
  Lease,
  StepState,
  StepsMade,
  WriteReservations,
  WriteRow,
  WriteStepRow,
} from '../../store.ts';

/** Intents to write to Xero, and their outcomes. */
export type WriteStore = {
  /** Stores a new intent. If (workspace, organisation, writeKey, attempt) exists, returns the stored one instead. */
  begin(row: WriteRow, reservations?: WriteReservations): Promise<Begun>;
  /** The writes that hold these reservations. A refused write holds none. */
  listReserved(
    organisationId: string,
    reservations: readonly string[],
  ): Promise<{ reservation: string; write: WriteRow }[]>;
  findLatest(workspaceId: string, organisationId: string, writeKey: string): Promise<WriteRow | undefined>;
  find(workspaceId: string, id: string): Promise<WriteRow | undefined>;
  /** Takes the lease and returns the row. Undefined when the write is closed or another owner's lease is valid. */
  takeLease(id: string, lease: Lease): Promise<WriteRow | undefined>;
  /** False when the lease was lost. */
  renewLease(id: string, owner: string, until: Instant): Promise<boolean>;
  releaseLease(id: string, owner: string): Promise<void>;
  /**
   * Records that the write is being sent now, and renews the lease. False when the lease was lost or the write is
   * closed; then it must not be sent. Only the last time is kept: the request may be on its way since then.
   */
  markSent(id: string, lease: Lease): Promise<boolean>;
  /**
   * Runs in one transaction. False, and nothing is stored, when the write was already closed. A document that was made
   * also closes a refused write, because an existing document must never be forgotten. A document made from a deal is
   * chosen for it in the same transaction, whatever path closed the write.
   */
  close(id: string, closing: Closing): Promise<boolean>;
  listUnfinished(workspaceId: string, organisationId: string, records: readonly AnyRecordKey[]): Promise<WriteRow[]>;
  /** Unfinished writes of this kind that were sent, in all workspaces. */
  listSent(organisationId: string, kind: string): Promise<WriteRow[]>;
  /** Which of these documents our writes made; with `by`, writes of this user. */
  listMade(
    organisationId: string,
    documentIds: readonly string[],
    by?: { workspaceId: string; userId: string },
  ): Promise<string[]>;
};

/** Steps that follow a document. */
export type StepStore = {
  list(writeId: string): Promise<WriteStepRow[]>;
  /** Pending steps created in this period, oldest first, each with its write. */
  listPending(made: StepsMade, limit: number): Promise<{ step: WriteStepRow; write: WriteRow }[]>;
  takeLease(id: string, lease: Lease): Promise<WriteStepRow | undefined>;
  releaseLease(id: string, owner: string): Promise<void>;
  /**
   * Records that the step is being sent now, and renews the lease. False when the lease was lost or the step is closed.
   */
  markSent(id: string, lease: Lease): Promise<boolean>;
  /** Closes a pending or undecided step. Done, changed and failed are final. */
  close(id: string, state: Exclude<StepState, 'pending'>, at: Instant): Promise<void>;
};
