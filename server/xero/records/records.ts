import type { XeroCaller } from '#server/xero/gateway.ts';
import type { AppError } from '#shared/app-error.ts';
import type { SyncLists } from './sync-lists.ts';

/** What sync writes to Xero and reads from it. `invoice`: sales invoices and bills. */
export type XeroResource =
  | 'contact'
  | 'item'
  | 'invoice'
  | 'purchase_order'
  | 'credit_note'
  | 'payment'
  | 'account'
  | 'tax_rate'
  | 'tracking_option';

/** A record as Xero has it. */
export type XeroTwin = {
  resource: XeroResource;
  /** In lower case. A tax rate's is its TaxType, as Xero writes it. */
  id: string;
  /** The number of a document or a contact, the code of an item or an account, the reference of a payment. */
  number: string | null;
  name: string | null;
  /** Items have none. */
  status: string | null;
  /** An ISO instant. Null: Xero keeps none for this resource. */
  updatedAt: string | null;
  /**
   * As Xero sent it, with numbers as exact decimal text. A tracking option also has the TrackingCategoryID that it
   * belongs to.
   */
  row: Record<string, unknown>;
};

/**
 * What became of one element of a call.
 * - `refused`: Xero did not do it. `details.proof` of its error is set.
 * - `unknown`: the answer does not say. Search for it before it is sent again.
 */
export type RowAnswer<T> =
  | { outcome: 'done'; made: T }
  | { outcome: 'refused'; error: AppError }
  | { outcome: 'unknown'; error: AppError };

export type RecordsWrite = {
  resource: XeroResource;
  /** One JSON object each, sent unchanged; at most `recordsPerCall` of the resource. */
  elements: readonly string[];
  /** At most 128 characters. Xero remembers it for 6 minutes and refuses other bytes under it. */
  idempotencyKey: string;
  /** The tracking category of an option. */
  within?: string;
};

export type ReadRecords = {
  /** By the id that was asked for, in lower case. A merged contact has `MergedToContactID` in its row. */
  twins: ReadonlyMap<string, XeroTwin>;
  /** Ids of records that Xero may have, but whose rows could not be parsed. */
  unreadable: readonly string[];
};

export type RecordSearch = {
  resource: XeroResource;
  /**
   * - `name`, `number`, `code`, `contact_number`: exactly, ignoring case and outer or double spaces; a purchase order's
   *   number with its case, as Xero may mind it
   * - `mark`: invoices and bills of this app whose Url contains it
   * - `reference`: payments whose Reference ends with it
   */
  by: 'name' | 'number' | 'code' | 'contact_number' | 'mark' | 'reference';
  values: readonly string[];
  /** An instant by Xero's clock: only what changed since then counts. Needed for `mark` and `reference`. */
  since?: string;
  /** For `mark`: false when another app of the workspace may have sent it. True when absent. */
  isByThisApp?: boolean;
  /** Only options of this tracking category. Two categories may have options of one name. */
  within?: string;
};

/** `isWhole`: every possible match was read, so a value without a twin has none. */
export type FoundRecords = { twins: XeroTwin[]; isWhole: boolean };

export type NewAllocation = { invoiceId: string; amount: string; date: string };
/** `id` is null where Xero does not name it. */
export type XeroAllocation = { id: string | null; invoiceId: string; amount: string; date: string | null };
export type XeroContactGroup = { id: string; name: string; status: string };

/** What sync asks of Xero. Rejects as described at `XeroGateway`. */
export type XeroRecords = {
  /**
   * Creates records: up to 50 in one call, where one refused element does not affect the others. Accounts, tax rates
   * and tracking options: one in a call. Answers are in the order of the elements. Rejects when the call fails as a
   * whole; a write proof of `refused` or `refused_unless_found` then concerns every element.
   */
  createRecords(caller: XeroCaller, write: RecordsWrite): Promise<RowAnswer<XeroTwin>[]>;
  /** Like `createRecords`. Each element contains its own id. Members that are left out stay as they are. */
  updateRecords(caller: XeroCaller, write: RecordsWrite): Promise<RowAnswer<XeroTwin>[]>;
  /** In any status, archived and voided ones too. What Xero does not have is missing. */
  readRecords(caller: XeroCaller, asked: { resource: XeroResource; ids: readonly string[] }): Promise<ReadRecords>;
  /** In any status, archived and voided ones too. */
  findRecords(caller: XeroCaller, search: RecordSearch): Promise<FoundRecords>;
  /** Also resolves when the payment is already deleted, or when Xero does not have it. */
  deletePayment(caller: XeroCaller, payment: { id: string; idempotencyKey: string }): Promise<void>;
  /** Applies a supplier's credit note to bills. */
  createAllocations(
    caller: XeroCaller,
    credit: { creditNoteId: string; allocations: readonly NewAllocation[]; idempotencyKey: string },
  ): Promise<XeroAllocation[]>;
  /** Also resolves when Xero does not have it. Xero takes no idempotency key for it. */
  deleteAllocation(caller: XeroCaller, allocation: { creditNoteId: string; id: string }): Promise<void>;
  /** Accounts, tax rates, tracking and currencies, archived ones too: one call per list. */
  listSyncLists(caller: XeroCaller): Promise<SyncLists>;
  listContactGroups(caller: XeroCaller): Promise<XeroContactGroup[]>;
  createContactGroup(caller: XeroCaller, group: { name: string; idempotencyKey: string }): Promise<XeroContactGroup>;
  /** A contact that is in the group already stays in it. */
  addToContactGroup(
    caller: XeroCaller,
    members: { groupId: string; contactIds: readonly string[]; idempotencyKey: string },
  ): Promise<void>;
  /** Also resolves when the contact is not in the group. Xero takes no idempotency key for it. */
  removeFromContactGroup(caller: XeroCaller, member: { groupId: string; contactId: string }): Promise<void>;
};
