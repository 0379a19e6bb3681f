import type { ExactJson } from '#server/xero/bytes/exact-json.ts';
import type { XeroOrganisation } from '#server/xero/gateway.ts';
import type { XeroResource, XeroTwin } from '#server/xero/records/records.ts';
import type { SyncLists } from '#server/xero/records/sync-lists.ts';
import type { PutKind, RecordKind } from '#shared/contract/sync/kinds.ts';
import type { RecordNote, RecordProblem, RecordQuestion } from '#shared/contract/sync/record.ts';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';

/** An element of a write to Xero. `formatExactJson` writes its numbers without creating floats. */
export type XeroElement = { readonly [name: string]: ExactJson };

/** A record as Xero has it. `row` may be incomplete. */
export type KindTwin = Pick<XeroTwin, 'id' | 'number' | 'name' | 'status' | 'row'>;

/** What the CRM's words stand for. A key is compared without case. */
export type KindMapping = {
  categories: readonly { key: string; accountCode: string | null }[];
  paymentMethods: readonly { key: string; accountId: string | null }[];
  /** `taxType` is for purchases. */
  taxRates: readonly { key: string; taxType: string | null; salesTaxType: string | null }[];
  tracking: Readonly<Record<string, string | null>>;
  defaults: {
    expenseSupplierName: string;
    expenseAccountCode: string | null;
    salesAccountCode: string | null;
    paymentAccountId: string | null;
  };
};

/** All that a kind may know when it decides about one version of a record. */
export type KindFacts = {
  /** The record's own id in the CRM. */
  crmId: string;
  /** The record's twin as Xero has it now. Undefined: a new one is to be made. */
  twin: KindTwin | undefined;
  /** The kinds of other present records that have the same twin. Known where the record's own is to be removed. */
  sharedWith: readonly RecordKind[];
  organisation: XeroOrganisation;
  today: string;
  lockDate: string | null;
  lists: SyncLists;
  mapping: KindMapping;
  rules: { roundingLine: boolean; billStatus: 'draft' | 'submitted' | 'approved' };
  /** The workspace's origins. The first is the page of a record that names none. */
  origins: readonly string[];
  /** What a person chose for this version, such as `send_due`. */
  choice: string | null;
  /** Another record's twin. Of a twin that was not read, `row` may be empty; what it does not say is not checked. */
  twinOf(kind: RecordKind, crmId: string): KindTwin | undefined;
  /** The contact that stands for a party without a record. A dry run may give one that is not made yet. */
  contactOf(name: string): KindTwin | undefined;
  /** The bill of an expense, or of a finished order. */
  billOf(kind: 'expenses' | 'purchase-orders', crmId: string): KindTwin | undefined;
  /** The page in Xero that shows a contact. */
  contactUrlOf(id: string): string | null;
};

/**
 * A record that must be in Xero first. `ifPut`: the word may be only a word; wait for the record only if the CRM put one
 * of this id.
 */
export type Need = { kind: PutKind; crmId: string; path: string; ifPut?: true };

/** A contact that the CRM names without a record of its own. */
export type Party = { path: string; name: string; group: ContactGroupName };
export type ContactGroupName = 'customers' | 'suppliers';

/** A note without its time. */
export type KindNote = Omit<RecordNote, 'at'>;
export type KindQuestion = Omit<RecordQuestion, 'id'>;

/** `same`: nothing is sent, because changes of the kind are not sent. `within`: the tracking category of an option. */
export type Built =
  | { element: XeroElement; notes?: readonly KindNote[]; within?: string }
  | { same: true; notes?: readonly KindNote[] }
  | { problem: RecordProblem }
  | { question: KindQuestion };

/**
 * How a twin is removed. `none`: Xero already agrees. `keep`: it stays in Xero, and the note says so. `leave_group`:
 * another record has the same contact.
 */
export type Removal =
  | { how: 'update'; element: XeroElement }
  | { how: 'delete_payment' }
  | { how: 'leave_group'; group: ContactGroupName }
  | { how: 'keep'; note: KindNote }
  | { how: 'none' }
  | { problem: RecordProblem }
  | { question: KindQuestion };

/** What follows once the record is in Xero. Nothing of it holds up the record itself. */
export type Follow =
  /** `content` differs when the file does. */
  | { what: 'attachment'; name: string; content: string }
  | { what: 'bill'; built: Built }
  | {
      what: 'allocation';
      path: string;
      bill: { kind: 'expenses' | 'purchase-orders'; crmId: string };
      amount: string;
      date: string;
    }
  | { what: 'group'; group: ContactGroupName };

/** What Xero's lists are searched by before a new record is made. */
export type KindSearch<Kind extends PutKind> = {
  by: 'name' | 'number' | 'code' | 'contact_number';
  toValue(data: RecordData<Kind>, facts: KindFacts): string | undefined;
};

/** Where an earlier sending of the same write is found by. */
export type KindMark = {
  by: 'mark' | 'reference';
  /** The text that is searched for. */
  toMark(writeId: string): string;
  put(element: XeroElement, mark: string): XeroElement;
};

export type SyncKind<Kind extends PutKind> = {
  kind: Kind;
  resource: XeroResource;
  /** Lower goes first. */
  rank: number;
  /** Other records are checked against Xero's list of these. */
  isListed?: true;
  /** Records of this kind are looked at one after another: what one gets, the next cannot have. */
  isAlone?: true;
  listNeeds(data: RecordData<Kind>): Need[];
  findParty?(data: RecordData<Kind>, facts: KindFacts): Party | undefined;
  /**
   * The element to send. First checks what can be known before sending, in this order: fields, contact, mapping, fit of
   * account and tax, currency, lock date, tracking, totals.
   */
  toXero(data: RecordData<Kind>, facts: KindFacts): Built;
  /** Whether the data itself says that the document is void. It is then removed like a deleted one. */
  isVoid?(data: RecordData<Kind>): boolean;
  /** Absent: the natural key finds an earlier sending. */
  mark?: KindMark;
  /** In this order, before a new one is made. */
  search: readonly KindSearch<Kind>[];
  /**
   * Whether a found one can be the record that is sent: a number may be another supplier's, a name another category's.
   * Absent: always.
   */
  canBe?(twin: KindTwin, sent: { element: XeroElement; within?: string | undefined }): boolean;
  /** What a found one means: it is this record, or a person decides. */
  onFound: 'adopt' | 'ask_number';
  /** Whether one that was found by its name may be another one all the same, so that a person decides. */
  isDoubtful?(twin: KindTwin, element: XeroElement): boolean;
  /** Xero cannot change one: it is deleted, and another is made. */
  isReplaced?: true;
  /** Xero's member, with `*` for a place in a list, and the path in `data`. For `differences`. */
  fields: Readonly<Record<string, string>>;
  toRemoval(twin: KindTwin, facts: KindFacts): Removal;
  /** What brings it back, where an archived one can be restored. */
  toRestore?(twin: KindTwin): XeroElement;
  /** Why Xero would not take a change of it. */
  isProtected?(twin: KindTwin): 'has_payments' | 'is_reconciled' | null;
  listFollows?(data: RecordData<Kind>, facts: KindFacts): Follow[];
};
