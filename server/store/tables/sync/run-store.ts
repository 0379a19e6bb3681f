import type { SyncPlace } from '#server/sync-place.ts';
import type { Instant } from '../../store.ts';
import type { RecordRow } from '../records/record-store.ts';

/** Something that was asked for many records at once. Texts marked as JSON are parsed by the caller. */
export type RunRow = SyncPlace & {
  id: string;
  type: string;
  dryRun: boolean;
  kind: string | null;
  status: string;
  startedAt: Instant;
  endedAt: Instant | null;
  /** Who asked for it, as JSON. */
  by: string;
  /** What was asked for, as JSON. */
  request: string;
  /** As JSON. */
  counts: string;
  /** Calls to Xero. */
  calls: number;
  /** As JSON. */
  error: string | null;
};

export type RunChange = Partial<Pick<RunRow, 'status' | 'endedAt' | 'counts' | 'calls' | 'error'>>;

/** One record of a run. `details`: everything else that an answer says, as JSON. */
export type RunRecordRow = Pick<RecordRow, 'kind' | 'key' | 'crmId' | 'xeroId'> & {
  outcome: string;
  isDone: boolean;
  details: string;
};

export type RunRecordFilter = {
  kinds?: readonly string[] | undefined;
  outcomes?: readonly string[] | undefined;
  isDone?: boolean | undefined;
};

export type RunStore = {
  create(row: RunRow): Promise<void>;
  find(workspaceId: string, id: string): Promise<RunRow | undefined>;
  /** The newest first. `after`: the last run of the page before. */
  list(
    where: SyncPlace,
    page: { limit: number; after?: Pick<RunRow, 'startedAt' | 'id'> | undefined },
  ): Promise<RunRow[]>;
  /** The oldest first, of all workspaces or of one organisation. */
  listInStatus(statuses: readonly string[], of: { limit: number; where?: SyncPlace }): Promise<RunRow[]>;
  /** When the last run of each kind ended. Dry runs do not count. */
  listLastEnds(where: SyncPlace): Promise<{ kind: string; endedAt: Instant }[]>;
  /** False when its status is none of these, so that of two who end a run one does. */
  update(id: string, change: RunChange, statuses: readonly string[]): Promise<boolean>;
  /** Adds records to a run, or replaces what was known of them. */
  putRows(runId: string, rows: readonly RunRecordRow[]): Promise<void>;
  findRow(runId: string, record: Pick<RunRecordRow, 'kind' | 'key'>): Promise<RunRecordRow | undefined>;
  /** In the order of kind and key. `after`: the last record of the page before. */
  listRows(
    runId: string,
    filter: RunRecordFilter,
    page: { limit: number; after?: Pick<RunRecordRow, 'kind' | 'key'> | undefined },
  ): Promise<RunRecordRow[]>;
  /**
   * Removes runs of all workspaces that began before this instant and have ended, with their rows. The last one of each
   * type in an organisation stays. Returns how many.
   */
  removeBefore(at: Instant): Promise<number>;
  countRows(runId: string): Promise<{ outcome: string; isDone: boolean; count: number }[]>;
};
