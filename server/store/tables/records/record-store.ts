import type { SyncPlace } from '#server/sync-place.ts';
import type { Instant, Lease } from '../../store.ts';

/** What the CRM said of a record last. It belongs to the workspace, whichever organisation is connected. */
export type RecordDataRow = {
  workspaceId: string;
  kind: string;
  crmId: string;
  wanted: 'present' | 'absent';
  version: number;
  /** As JSON, without the bytes of a receipt; null after the deletion of an unknown record. */
  data: string | null;
  dataHash: string;
  /** The bytes of a receipt in base64, kept apart because lists never need them. */
  receipt: string | null;
};

/** Without the bytes of a receipt. `isKnown`: the organisation has a state of an earlier version. */
export type UndecidedRow = Omit<RecordDataRow, 'receipt'> & { isKnown: boolean };

/** `stale`: a newer version is stored. `reused`: the same version was stored with other data. */
export type Putting = { outcome: 'taken' | 'same' | 'reused' } | { outcome: 'stale'; version: number };

/** Where a record stands in one organisation. `organisationId` is empty before the first connection. */
export type RecordRow = {
  workspaceId: string;
  organisationId: string;
  kind: string;
  /** The CRM's id, or `xero:` and Xero's id while the CRM has none. */
  key: string;
  crmId: string | null;
  xeroId: string | null;
  origin: 'crm' | 'xero';
  wanted: 'present' | 'absent';
  /** The version of the data that the state was decided for; null for what came from Xero. */
  wantedVersion: number | null;
  sentVersion: number | null;
  state: string;
  /** Of the problem, the question or the reason for waiting. */
  code: string | null;
  stateSince: Instant;
  nextTryAt: Instant | null;
  tries: number;
  title: string | null;
  date: string | null;
  amount: string | null;
  currency: string | null;
  /** What a search looks through, in lower case. */
  searched: string;
  /** Everything else that an answer says, as JSON. */
  details: string;
  /** What the sync engine remembers of the record, as JSON. `{}` at first. */
  memory: string;
  /**
   * What holds the record up: `record:{kind}/{crmId}`, `categories:{key in lower case}`, `paymentMethods:{key}`,
   * `taxRates:{key}`, `contact:{guid}`, `document:{guid}`, `lock`, `connection`, `plan`, `day` or `rules`.
   */
  blockedOn: string | null;
  /** The run that asked for it last. */
  runId: string | null;
};

export type RecordPlace = Pick<RecordRow, 'workspaceId' | 'organisationId' | 'kind' | 'key'>;

/**
 * `organisationId` is empty for what the CRM said, which is shown in every organisation. `details` is JSON that the
 * caller parses.
 */
export type RecordHistoryRow = RecordPlace & { details: string };

/** Each filter is left out where it is undefined. */
export type RecordFilter = {
  kinds?: readonly string[] | undefined;
  states?: readonly string[] | undefined;
  codes?: readonly string[] | undefined;
  search?: string | undefined;
  crmIds?: readonly string[] | undefined;
  keys?: readonly string[] | undefined;
  blockedOn?: string | undefined;
  /** The first and the last day of the record's own date. Records without a date are left out. */
  from?: string | undefined;
  to?: string | undefined;
};

/** A record of one workspace. `key` is the CRM's id, or names its twin in Xero. */
export type RecordName = Pick<RecordRow, 'kind' | 'key'>;

export type StateCount = { kind: string; state: string; count: number };
export type CauseCount = StateCount & { code: string; blockedOn: string | null };
/** `day`: in UTC. */
export type DayCount = StateCount & { day: string };

/** `after`: the last row of the page before. */
export type RecordPage = { limit: number; after?: Pick<RecordRow, 'stateSince' | 'kind' | 'key'> | undefined };

export type RecordStore = {
  /**
   * Use first within `together`. Until the transaction ends, no other transaction changes records of the workspace or
   * connects another organisation to it.
   */
  hold(workspaceId: string): Promise<void>;
  /** Stores newer versions, each of another record, at most 500. If two arrive at once, the higher version is kept. */
  put(...rows: readonly RecordDataRow[]): Promise<Putting[]>;
  findData(workspaceId: string, kind: string, crmId: string): Promise<RecordDataRow | undefined>;
  /**
   * Data whose version the organisation has not decided on: it was connected later, or another one was connected
   * meanwhile. In the order of kind and id; `after` is the last one of the page before.
   */
  listUndecided(
    workspace: SyncPlace,
    page: { limit: number; after?: Pick<RecordDataRow, 'kind' | 'crmId'> | undefined },
  ): Promise<UndecidedRow[]>;
  /** Creates or replaces the states of records, at most 500 and each once. */
  save(...rows: readonly RecordRow[]): Promise<void>;
  /** In the order of the rows, at most 500. */
  appendHistory(...rows: readonly RecordHistoryRow[]): Promise<void>;
  find(place: RecordPlace): Promise<RecordRow | undefined>;
  findByXeroId(workspace: SyncPlace, kind: string, xeroId: string): Promise<RecordRow | undefined>;
  /** Several records of the CRM can be one in Xero. In no order, at most 100. */
  listByXeroId(workspace: SyncPlace, kind: string, xeroId: string): Promise<RecordRow[]>;
  /** In no order. */
  findManyByXeroId(workspace: SyncPlace, kind: string, xeroIds: readonly string[]): Promise<RecordRow[]>;
  /**
   * The newest change of state first. A search looks at every record, on SQLite some at a time: a record that changes
   * meanwhile may be left out, also of `count`. Not within `together`, where nothing changes.
   */
  list(workspace: SyncPlace, filter: RecordFilter, page: RecordPage): Promise<RecordRow[]>;
  count(workspace: SyncPlace, filter: RecordFilter): Promise<number>;
  /** Removes one state. What the CRM said, and the history, stay. */
  remove(place: RecordPlace): Promise<void>;
  /** Removes the states in this organisation. What the CRM said stays. */
  removeStates(workspace: SyncPlace): Promise<void>;
  /** Newest first: what the CRM said, and what happened in the organisation. */
  listHistory(place: RecordPlace, limit: number): Promise<RecordHistoryRow[]>;
  /**
   * Since when Xero may have documents of records of which this database knows nothing, because a copy of it was put
   * back; null when none was. Whoever makes a document for a record without a twin searches Xero from then on first.
   */
  findMissingSince(): Promise<Instant | null>;
  /** In no order. Unknown names are left out. */
  findMany(where: SyncPlace, names: readonly RecordName[]): Promise<RecordRow[]>;
  /** Without the bytes of receipts. In no order. Unknown names are left out. */
  findManyData(workspaceId: string, names: readonly RecordName[]): Promise<Omit<RecordDataRow, 'receipt'>[]>;
} & DueStore &
  RecordCounts;

/** Which records are tried when, and who works on them. */
export type DueStore = {
  /**
   * Leases records of these kinds that are due at the lease's `now`, whatever their state, the longest due first. A
   * record with a valid lease of another owner is left out. A backlog of any size costs the same.
   */
  takeDue(where: SyncPlace, of: { kinds: readonly string[]; limit: number; lease: Lease }): Promise<RecordRow[]>;
  /** Returns how many records this owner still has. A record that somebody else took meanwhile is not among them. */
  renewLeases(owner: string, until: Instant): Promise<number>;
  releaseLeases(owner: string): Promise<void>;
  /**
   * Makes the records due that are held up by one of these, at `at` and never later than they were. Returns how many.
   * A long list is changed in several transactions. Whoever stores a record as held up looks again, after `hold`,
   * whether it is still so: what held it may have gone, and this was called before.
   */
  wake(where: SyncPlace, blockedOn: readonly string[], at: Instant): Promise<number>;
  /**
   * Connected organisations with due records, the longest due first; after them those whose connection has ended.
   * Records of an organisation that another one has replaced wait until it is connected again.
   */
  listDue(now: Instant, limit: number): Promise<SyncPlace[]>;
  /** When the next record of the organisation, or of one kind of it, is due; null when none waits. */
  nextDue(where: SyncPlace, kind?: string): Promise<Instant | null>;
};

export type RecordCounts = {
  countStates(where: SyncPlace): Promise<StateCount[]>;
  /** What problems, questions and waiting records have in common. */
  countCauses(where: SyncPlace): Promise<CauseCount[]>;
  /**
   * From this day on: how many records entered a state, as far as the CRM was told. The state `new` counts what came
   * from Xero.
   */
  countDays(where: SyncPlace, since: string): Promise<DayCount[]>;
};
