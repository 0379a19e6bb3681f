import type { KindName } from '../books/kinds/kind.ts';

/** What the CRM asks of Ledgerside's API for records. Each call rejects when there is no answer that can be read. */
export type Ledgerside = {
  /** At most 500, answered in their order. */
  putMany(records: readonly HandedRecord[]): Promise<readonly HandedResult[]>;
  remove(record: Omit<HandedRecord, 'data'>): Promise<HandedResult>;
  /** What happened since the cursor, or `expired` when the feed is not kept for so long. */
  listChanges(cursor: string | undefined): Promise<{ changes: Change[]; cursor: string; hasMore: boolean } | 'expired'>;
  /** Says which record the CRM made of what came from Xero. */
  accept(changeId: string, crmId: string): Promise<Omit<HandedResult, 'status'>>;
  /** Records as they are now, of all kinds and states unless some are named. */
  listRecords(query: RecordQuery): Promise<{ records: ListedRecord[]; cursor: string | null; hasMore: boolean }>;
  /**
   * Sends records of one kind to Xero now, also those that the rules leave to a person; with `isTrial`, nothing is sent
   * and the run says what would be. At most 500 ids. `not_connected` before Xero is connected for the first time.
   */
  startRun(asked: RunRequest): Promise<{ runId: string } | 'not_connected'>;
  /** Undefined when Ledgerside has no such run. */
  findRun(id: string): Promise<Run | undefined>;
  /** What it did with each record, or would do. */
  listRunRows(id: string, cursor?: string): Promise<{ rows: RunRow[]; cursor: string | null; hasMore: boolean }>;
  /** Asks to be told of changes at this address. Returns the secret that signs the messages. */
  setWebhook(url: string): Promise<string>;
};

export type RunRequest = { kind: KindName; ids: readonly string[]; isTrial: boolean };

export type Run = {
  id: string;
  isTrial: boolean;
  status: 'queued' | 'running' | 'done' | 'cancelled' | 'failed';
  kind: string | null;
  /** By what is done with the record, such as `make` or `ask`; and `total`, `done` and `left`. */
  counts: Readonly<Record<string, number>>;
  /** Why it failed. */
  error: string | null;
};

export type RunRow = { kind: string; crmId: string | null; outcome: string; message: string | null };

export type StateName = 'waiting' | 'synced' | 'changed' | 'problem' | 'question' | 'excluded' | 'unsupported';

export type RecordQuery = { kinds?: readonly KindName[]; states?: readonly StateName[]; cursor?: string };

/** A record as lists and the feed give it. `kind` may be one that this CRM does not have. */
export type ListedRecord = { kind: string; crmId: string | null; state: SyncRecord };

/** `record` is null when the change is not about one. `bill`: what Xero says of a bill that came from there. */
export type Change = {
  id: string;
  type: string;
  xeroId: string | null;
  record: ListedRecord | null;
  bill: XeroBill | null;
};

/** A bill that somebody entered in Xero. */
export type XeroBill = {
  number: string | null;
  supplier: { name: string | null };
  date: string | null;
  currency: string;
  /** With tax. */
  total: string;
  lines: readonly { description: string | null; category: string | null }[];
};

export type HandedRecord = { kind: KindName; crmId: string; version: number; data: Record<string, unknown> };

/** `newerVersion`: Ledgerside has a newer version than the one that was sent. */
export type HandedResult = {
  status: number;
  record: SyncRecord | null;
  refusal: { message: string; newerVersion?: number } | null;
};

/** What the CRM keeps of the state that the API gives to a record. */
export type SyncRecord = {
  state: string;
  message: string | null;
  /** What stands in Xero for it, such as `bill`. */
  xeroKind: string | null;
  xeroId: string | null;
  xeroNumber: string | null;
  xeroUrl: string | null;
  syncedAt: string | null;
};

/** The CRM's user who asked for it, if it was one. */
export type Person = { id: string; name: string };

export type OpenLedgerside = (options: {
  productUrl: string;
  workspace: { id: string; secret: string; kid?: string };
  now: () => Date;
  person?: Person;
}) => Ledgerside;
