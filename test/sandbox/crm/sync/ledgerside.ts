import type { KindName } from '../books/kinds/kind.ts';

/** What the CRM asks of Ledgerside's API for records. Each call rejects when there is no answer that can be read. */
export type Ledgerside = {
  /** At most 500, answered in their order. */
  putMany(records: readonly HandedRecord[]): Promise<readonly HandedResult[]>;
  remove(record: Omit<HandedRecord, 'data'>): Promise<HandedResult>;
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
