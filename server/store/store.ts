import type { RecordKey, Right } from '#shared/contract/record.ts';
import type { AccessEntry, Defaults } from '#shared/contract/settings.ts';

/** Instants are ISO 8601 in UTC with milliseconds, so that text order is time order. */
export type Instant = string;

export type WorkspaceRow = {
  id: string;
  name: string;
  origins: string[];
  /** Sealed: the keys record tokens are checked with, as JSON. */
  sealedKeys: string;
};

export type ConnectAttempt = { outcome: 'connected' | 'denied' | 'failed'; reason: string | null; at: Instant };

export type ConnectionRow = {
  workspaceId: string;
  status: 'running' | 'reconnect_needed' | 'disconnected';
  reason: string | null;
  organisationId: string | null;
  /** What Xero says of the organisation, as JSON; parsed by who uses it. */
  organisation: string | null;
  xeroConnectionId: string | null;
  sealedTokens: string | null;
  accessExpiresAt: Instant | null;
  /** Moves with every change of tokens or status; changes are compare-and-set on it. */
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
  /** The verified claims, as JSON; never changed. */
  snapshot: string;
  createdAt: Instant;
  expiresAt: Instant;
};

export type LinkRow = {
  workspaceId: string;
  organisationId: string;
  record: RecordKey;
  contactId: string;
  contactName: string;
  linkedBy: string;
  linkedAt: Instant;
};

export type WriteState = 'pending' | 'done' | 'refused' | 'undecided';

/** An intent to write to Xero, stored before Xero is called (design.md, Writes: exactly once). */
export type WriteRow = {
  id: string;
  workspaceId: string;
  organisationId: string;
  /** What the person's form is named by, and which attempt of it this is. */
  formKey: string;
  attempt: number;
  kind: string;
  record: RecordKey;
  userId: string;
  bodyHash: string;
  /** The exact bytes for Xero. */
  request: string;
  state: WriteState;
  /** What came of it, as JSON. */
  result: string | null;
  createdAt: Instant;
  sentAt: Instant | null;
  settledAt: Instant | null;
};

export type AuditRow = {
  id: string;
  workspaceId: string;
  organisationId: string | null;
  at: Instant;
  userId: string;
  userName: string;
  action: string;
  record: RecordKey | null;
  contactId: string | null;
  documentId: string | null;
  outcome: string;
  requestId: string;
};

/** What must survive: one implementation in Kysely, run on SQLite and on Postgres by one test suite. */
export interface Store {
  workspaces: {
    list(): Promise<WorkspaceRow[]>;
    find(id: string): Promise<WorkspaceRow | undefined>;
    put(row: WorkspaceRow): Promise<void>;
    remove(id: string): Promise<boolean>;
  };
  connections: {
    find(workspaceId: string): Promise<ConnectionRow | undefined>;
    listByOrganisation(organisationId: string): Promise<ConnectionRow[]>;
    /** Makes or replaces the connection: status running, lease gone, version moved, lastAttempt kept. */
    connect(row: NewConnection): Promise<void>;
    /** Keeps the organisation, forgets the tokens. */
    disconnect(workspaceId: string): Promise<void>;
    recordAttempt(workspaceId: string, attempt: ConnectAttempt): Promise<void>;
    saveOrganisation(workspaceId: string, organisationId: string, organisation: string): Promise<void>;
    /** False when the version has moved. */
    markReconnectNeeded(workspaceId: string, version: number, reason: string): Promise<boolean>;
    /** False when the version has moved, or another owner's lease runs at `now`. */
    takeLease(workspaceId: string, version: number, owner: string, now: Instant, until: Instant): Promise<boolean>;
    releaseLease(workspaceId: string, owner: string): Promise<void>;
    /** New tokens under a lease: moves the version and ends the lease. False when the version has moved. */
    saveTokens(
      workspaceId: string,
      version: number,
      tokens: { sealedTokens: string; accessExpiresAt: Instant },
    ): Promise<boolean>;
  };
  sessions: {
    create(row: SessionRow): Promise<void>;
    /** Expired ones too: who asks compares with the clock. */
    find(tokenHash: string): Promise<SessionRow | undefined>;
  };
  oneTime: {
    /** Remembers a key that may be used once; false when it is known already. */
    claim(kind: 'jti', key: string, expiresAt: Instant): Promise<boolean>;
    put(kind: 'ticket' | 'state', key: string, data: string, expiresAt: Instant): Promise<void>;
    find(kind: 'ticket' | 'state', key: string): Promise<{ data: string; expiresAt: Instant } | undefined>;
    /** Reads and removes in one step: of two callers one gets it. Expired ones too. */
    take(kind: 'ticket' | 'state', key: string): Promise<{ data: string; expiresAt: Instant } | undefined>;
  };
  links: {
    find(workspaceId: string, organisationId: string, record: RecordKey): Promise<LinkRow | undefined>;
    list(workspaceId: string, organisationId: string, records: readonly RecordKey[]): Promise<LinkRow[]>;
    put(row: LinkRow): Promise<void>;
    remove(workspaceId: string, organisationId: string, record: RecordKey): Promise<boolean>;
    renameContact(organisationId: string, contactId: string, contactName: string): Promise<void>;
  };
  access: {
    list(workspaceId: string): Promise<AccessEntry[]>;
    findRights(workspaceId: string, userId: string): Promise<Right[]>;
    /** Replaces the whole list in one transaction. */
    replace(workspaceId: string, entries: readonly AccessEntry[]): Promise<void>;
  };
  defaults: {
    find(workspaceId: string, organisationId: string): Promise<Defaults>;
    put(workspaceId: string, organisationId: string, defaults: Defaults): Promise<void>;
  };
  writes: {
    /** Stores a new intent; when (workspace, organisation, formKey, attempt) exists, answers the stored one instead. */
    begin(row: WriteRow): Promise<{ isNew: boolean; write: WriteRow }>;
    findLatest(workspaceId: string, organisationId: string, formKey: string): Promise<WriteRow | undefined>;
    markSent(id: string, at: Instant): Promise<void>;
    settle(id: string, state: Exclude<WriteState, 'pending'>, result: string | null, at: Instant): Promise<void>;
    listUnfinished(workspaceId: string, organisationId: string, records: readonly RecordKey[]): Promise<WriteRow[]>;
  };
  audit: {
    /** There is no way to change or remove a row. */
    append(row: AuditRow): Promise<void>;
    /** Newest first; `before` is the id of the last row seen. */
    list(workspaceId: string, page: { limit: number; before?: string }): Promise<AuditRow[]>;
  };
  /** Removes sessions and one-time keys that ended before `now`. */
  removeExpired(now: Instant): Promise<void>;
  /** Held for the life of the process; false when another process holds it (SQLite: a lock on a file; Postgres: an advisory lock). */
  holdProcessLock(): Promise<boolean>;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
