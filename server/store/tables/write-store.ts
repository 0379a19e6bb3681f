import type { RecordKey } from '#shared/contract/record.ts';
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
} from '../store.ts';

/** Intents to write to Xero, and how they ended. */
export type WriteStore = {
  /** Stores a new intent; when (workspace, organisation, writeKey, attempt) exists, answers the stored one instead. */
  begin(row: WriteRow, reservations?: WriteReservations): Promise<Begun>;
  /** Writes that hold these reservations; a refused one holds none. */
  listReserved(
    organisationId: string,
    reservations: readonly string[],
  ): Promise<{ reservation: string; write: WriteRow }[]>;
  findLatest(workspaceId: string, organisationId: string, writeKey: string): Promise<WriteRow | undefined>;
  find(workspaceId: string, id: string): Promise<WriteRow | undefined>;
  /** The row as it is now, for one owner at a time; undefined when it is settled or another's lease runs. */
  takeLease(id: string, lease: Lease): Promise<WriteRow | undefined>;
  /** False when the lease was lost. */
  renewLease(id: string, owner: string, until: Instant): Promise<boolean>;
  releaseLease(id: string, owner: string): Promise<void>;
  /**
   * It is sent now, and the lease is renewed. False when the lease was lost or the write had its end: then it may not
   * be sent. The last time counts: until then it may be on its way.
   */
  markSent(id: string, lease: Lease): Promise<boolean>;
  /**
   * One transaction; false, and nothing is stored, when the write had its end already. What was made ends also a write
   * that was refused: a document that exists is never forgotten. A document made from a deal is chosen for it in the
   * same transaction, however the write came to its end.
   */
  close(id: string, closing: Closing): Promise<boolean>;
  listUnfinished(workspaceId: string, organisationId: string, records: readonly RecordKey[]): Promise<WriteRow[]>;
  /** Unfinished ones of this kind that were sent, of all workspaces. */
  listSent(organisationId: string, kind: string): Promise<WriteRow[]>;
  /** Which of these documents a write of ours made; with `by`, a write of this user. */
  listMade(
    organisationId: string,
    documentIds: readonly string[],
    by?: { workspaceId: string; userId: string },
  ): Promise<string[]>;
};

/** What follows a document that was made. */
export type StepStore = {
  list(writeId: string): Promise<WriteStepRow[]>;
  /** Pending ones that were created between, oldest first, each with its write. */
  listPending(made: StepsMade, limit: number): Promise<{ step: WriteStepRow; write: WriteRow }[]>;
  takeLease(id: string, lease: Lease): Promise<WriteStepRow | undefined>;
  releaseLease(id: string, owner: string): Promise<void>;
  /** It is sent now, and the lease is renewed. False when the lease was lost or the step had its end. */
  markSent(id: string, lease: Lease): Promise<boolean>;
  /** An undecided step may still be settled; done, changed and failed are final. */
  close(id: string, state: Exclude<StepState, 'pending'>, at: Instant): Promise<void>;
};
