import type { AnyRecordKey, RecordKey } from '#shared/contract/record.ts';
import type { Defaults } from '#shared/contract/settings.ts';
import type { AccessStore } from './tables/access-store.ts';
import type { AuditRow, AuditStore } from './tables/audit-store.ts';
import type { CheckStore } from './tables/connection-checks.ts';
import type { RecordStore } from './tables/records/record-store.ts';
import type { SealedStore } from './tables/sealed-texts.ts';
import type { SyncStores } from './tables/sync/sync-stores.ts';
import type { ManyWriteStore } from './tables/writes/many-write-store.ts';
import type { StepStore, WriteStore } from './tables/writes/write-store.ts';

/** ISO 8601 in UTC with milliseconds, so that text order is time order. */
export type Instant = string;

export type WorkspaceRow = {
  id: string;
  name: string;
  origins: string[];
  /** The keys that verify record tokens, as JSON, encrypted. */
  sealedKeys: string;
};

export type ConnectAttempt = { outcome: 'connected' | 'denied' | 'failed'; reason: string | null; at: Instant };

export type ConnectionRow = {
  workspaceId: string;
  status: 'running' | 'reconnect_needed' | 'disconnected';
  /**
   * Why the status is what it is. For a running connection `doubted` means that Xero refused a call for an unknown
   * reason.
   */
  reason: string | null;
  organisationId: string | null;
  /** Xero's description of the organisation, as JSON; the caller parses it. */
  organisation: string | null;
  xeroConnectionId: string | null;
  sealedTokens: string | null;
  accessExpiresAt: Instant | null;
  /** Increases with every change of tokens or status. Changes are compare-and-set on it. */
  version: number;
  leaseOwner: string | null;
  leaseUntil: Instant | null;
  connectedAt: Instant | null;
  connectedBy: string | null;
  lastAttempt: ConnectAttempt | null;
};

export type NewConnection = {
  workspaceId: string;
  organisationId: string;
  organisation: string | null;
  xeroConnectionId: string;
  sealedTokens: string;
  accessExpiresAt: Instant;
  connectedAt: Instant;
  connectedBy: string;
};

export type SessionRow = {
  /** SHA-256 of the session token; the token itself is never stored. */
  tokenHash: string;
  workspaceId: string;
  userId: string;
  /** The verified claims, as JSON; never changes. */
  snapshot: string;
  /** The generation of the workspace key that signed the record token. */
  keyGeneration: string;
  createdAt: Instant;
  expiresAt: Instant;
};

export type LinkRow = {
  workspaceId: string;
  organisationId: string;
  record: RecordKey;
  contactId: string;
  contactName: string;
  /** Whether the contact was archived in Xero after it was linked. */
  isArchived: boolean;
  linkedBy: string;
  linkedAt: Instant;
};

/** A document that somebody chose for a deal, by id, in any state. */
export type DealDocumentRow = {
  workspaceId: string;
  organisationId: string;
  dealId: string;
  kind: 'quote' | 'invoice' | 'bill';
  documentId: string;
  chosenBy: string;
  chosenAt: Instant;
};

export type WriteState = 'pending' | 'done' | 'refused' | 'undecided';

/** An intent to write to Xero. It is stored before Xero is called, so that a write happens exactly once. */
export type WriteRow = {
  id: string;
  workspaceId: string;
  organisationId: string;
  /** Names what is to be written, such as one person's form; `attempt` counts the tries after refusals. */
  writeKey: string;
  attempt: number;
  kind: string;
  record: AnyRecordKey;
  userId: string;
  bodyHash: string;
  /** The exact bytes for Xero. */
  request: string;
  state: WriteState;
  /** The outcome, as JSON. */
  result: string | null;
  /** Details beside the bytes, as JSON: for people, and for finding the document again. */
  details: string;
  /** The document in Xero, once the write is done. */
  documentId: string | null;
  createdAt: Instant;
  /** When it was last sent; null: never. */
  sentAt: Instant | null;
  closedAt: Instant | null;
};

/**
 * Names that only one write may hold in an organisation, such as a quote to convert or a bill's number. `freed`: ids of
 * writes whose document is gone from Xero, so that their names may be taken over.
 */
export type WriteReservations = { wanted: readonly string[]; freed: readonly string[] };

/** `taken`: reservations that another write holds; then nothing was stored. */
export type Begun = { isNew: boolean; write: WriteRow; taken: readonly string[] };

/**
 * Who works on a row, and until when. `onlyProcess` is set when there is only one process: the prefix of that process's
 * lease owners. A lease with any other owner belongs to a dead process and is ignored.
 */
export type Lease = { owner: string; now: Instant; until: Instant; onlyProcess: string | null };

export type StepName = 'history' | 'email' | 'mark_invoiced';
/** `changed`: done, but something else changed that a person should check. */
export type StepState = 'pending' | 'done' | 'changed' | 'failed' | 'undecided';

/** Created between two instants, or later than `ahead`, which means before the clock was set back. */
export type StepsMade = { after: Instant; before: Instant; ahead: Instant };

/** Something that follows a document and is retried on its own. */
export type WriteStepRow = {
  id: string;
  writeId: string;
  name: StepName;
  state: StepState;
  /** The exact bytes for Xero; empty when the step sends none. */
  request: string;
  createdAt: Instant;
  sentAt: Instant | null;
  closedAt: Instant | null;
};

/** Stored together with the end of a write, or not at all. */
export type Closing = {
  state: Exclude<WriteState, 'pending'>;
  result: string | null;
  at: Instant;
  /** If set, this owner must still hold the lease. */
  owner?: string;
  documentId?: string;
  audit?: AuditRow;
  steps?: readonly WriteStepRow[];
};

/**
 * Data that must survive. One Kysely implementation runs on SQLite and on Postgres, with one test suite. Every call
 * rejects with `unavailable` while the database is unavailable or busy, and with `storage_full` when its disk is full.
 */
export interface Store extends SyncStores {
  workspaces: {
    list(): Promise<WorkspaceRow[]>;
    find(id: string): Promise<WorkspaceRow | undefined>;
    put(row: WorkspaceRow): Promise<void>;
    /**
     * Use within `together`. Returns whether the workspace exists, and keeps it from being removed until the
     * transaction ends.
     */
    hold(id: string): Promise<boolean>;
    /**
     * Ends its sessions and deletes its Xero tokens and its webhook. Links, access, records, writes and audit stay in case
     * it returns.
     */
    remove(id: string): Promise<boolean>;
  };
  connections: CheckStore & {
    find(workspaceId: string): Promise<ConnectionRow | undefined>;
    listByOrganisation(organisationId: string): Promise<ConnectionRow[]>;
    /**
     * Creates or replaces the connection: sets status running, clears the lease, increases the version, keeps
     * lastAttempt.
     */
    connect(row: NewConnection): Promise<void>;
    /** Keeps the organisation and deletes the tokens. */
    disconnect(workspaceId: string): Promise<void>;
    /** Before the first connection, creates the row with status disconnected. */
    recordAttempt(workspaceId: string, attempt: ConnectAttempt): Promise<void>;
    saveOrganisation(workspaceId: string, organisationId: string, organisation: string): Promise<void>;
    /**
     * Deletes the tokens and stores the audit row, in one transaction. False when the version changed or it was not
     * running.
     */
    markReconnectNeeded(workspaceId: string, version: number, reason: string, audit?: AuditRow): Promise<boolean>;
    /** False when the version changed, or another owner's lease is still valid at `now`. */
    takeLease(workspaceId: string, version: number, owner: string, now: Instant, until: Instant): Promise<boolean>;
    releaseLease(workspaceId: string, owner: string): Promise<void>;
    /** Saves new tokens under a lease, increases the version and ends the lease. False when the version changed. */
    saveTokens(
      workspaceId: string,
      version: number,
      tokens: { sealedTokens: string; accessExpiresAt: Instant },
    ): Promise<boolean>;
  };
  sessions: {
    create(row: SessionRow): Promise<void>;
    /** Returns expired sessions too; the caller compares with the clock. */
    find(tokenHash: string): Promise<SessionRow | undefined>;
  };
  oneTime: {
    /** Stores a single-use key. False when it was stored before. */
    spend(kind: 'jti', key: string, expiresAt: Instant): Promise<boolean>;
    put(kind: 'ticket' | 'state', key: string, data: string, expiresAt: Instant): Promise<void>;
    find(kind: 'ticket' | 'state', key: string): Promise<{ data: string; expiresAt: Instant } | undefined>;
    /** Reads and removes in one step, so that only one of two callers gets it. Returns expired ones too. */
    take(kind: 'ticket' | 'state', key: string): Promise<{ data: string; expiresAt: Instant } | undefined>;
  };
  links: {
    find(workspaceId: string, organisationId: string, record: RecordKey): Promise<LinkRow | undefined>;
    list(workspaceId: string, organisationId: string, records: readonly RecordKey[]): Promise<LinkRow[]>;
    put(row: LinkRow): Promise<void>;
    remove(workspaceId: string, organisationId: string, record: RecordKey): Promise<boolean>;
    /** Across all workspaces. */
    listByContacts(organisationId: string, contactIds: readonly string[]): Promise<LinkRow[]>;
    /** Updates the contact's name and archived flag on every link to it. */
    describeContact(
      organisationId: string,
      contactId: string,
      contact: { name: string; isArchived: boolean },
    ): Promise<void>;
    /** Moves the links of a merged contact to its successor, with an audit row for each, in one transaction. */
    moveContact(
      organisationId: string,
      contactId: string,
      to: { id: string; name: string; isArchived: boolean },
      toAudit: (link: LinkRow) => AuditRow,
    ): Promise<void>;
  };
  dealDocuments: {
    /** In the order in which they were chosen. */
    list(workspaceId: string, organisationId: string, dealId: string): Promise<DealDocumentRow[]>;
    /** One transaction. Adding a chosen document or removing one that is not chosen changes nothing. */
    change(
      deal: { workspaceId: string; organisationId: string; dealId: string },
      change: { add: readonly DealDocumentRow[]; remove: readonly Pick<DealDocumentRow, 'kind' | 'documentId'>[] },
    ): Promise<void>;
  };
  access: AccessStore;
  defaults: {
    find(workspaceId: string, organisationId: string): Promise<Defaults>;
    put(workspaceId: string, organisationId: string, defaults: Defaults): Promise<void>;
  };
  writes: WriteStore & ManyWriteStore;
  steps: StepStore;
  audit: AuditStore;
  records: RecordStore;
  sealed: SealedStore;
  /**
   * Stores everything that `work` writes through the given store together, or nothing. Make no request to Xero inside:
   * it would block others.
   */
  together<T>(work: (store: Repositories) => Promise<T>): Promise<T>;
  /** How many rows of a batch to write in one transaction. */
  readonly rowsTogether: number;
  /** Removes sessions, used tokens, tickets and consent states that ended before these instants. */
  removeExpired(ended: { used: Instant; asked: Instant }): Promise<void>;
  /**
   * Call after a backup is restored. Unfinished writes and steps of the copy may have been sent since, so they are
   * searched for in Xero first; sessions and leases end. `at`: now. Returns how many documents and steps are affected.
   */
  distrustCopy(at: Instant): Promise<{ writes: number; steps: number }>;
  /**
   * Held until `close` or the end of the process, however it ends. Calling it again is harmless. False when another
   * process holds it (SQLite: a lock on a file; Postgres: an advisory lock).
   */
  holdProcessLock(): Promise<boolean>;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The part of the store that can take part in a transaction. */
export type Repositories = Omit<
  Store,
  'together' | 'rowsTogether' | 'removeExpired' | 'distrustCopy' | 'holdProcessLock' | 'ping' | 'close'
>;
