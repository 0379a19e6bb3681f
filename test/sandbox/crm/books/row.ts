import type { KindName } from './kinds/kind.ts';

export type Values = Readonly<Record<string, string>>;

/** `tax` is the CRM's name of a tax rate. An empty text means that there is none. */
export type Line = {
  description: string;
  quantity: string;
  unitAmount: string;
  itemId: string;
  category: string;
  tax: string;
};

/** What Ledgerside last said of a record. */
export type SyncState = {
  state: string;
  message: string | null;
  /** What stands in Xero for it, such as `bill`. */
  xeroKind: string | null;
  xeroId: string | null;
  xeroNumber: string | null;
  xeroUrl: string | null;
  syncedAt: string | null;
};

/**
 * A record of the books. `version` is the time of its last change in milliseconds, and is always raised.
 * `handedVersion` is the version that Ledgerside has. A deleted record stays in the database and is shown nowhere.
 */
export type Row = {
  kind: KindName;
  id: string;
  version: number;
  handedVersion: number | null;
  isDeleted: boolean;
  values: Values;
  lines: readonly Line[];
  sync: SyncState | null;
};
