/** What a record can be in Xero. */
export const xeroKinds = [
  ...(['contact', 'item', 'invoice', 'bill', 'payment', 'allocation', 'purchase_order', 'credit_note'] as const),
  ...(['account', 'tax_rate', 'tracking_option', 'overpayment', 'prepayment'] as const),
];
export type XeroKind = (typeof xeroKinds)[number];

/**
 * `type` is what one record of the kind is called in tokens, in the audit and in writes; null: records of the kind come
 * from Xero only. `xeroKind` is what it is in Xero. `isSent`: the kind is sent to Xero. `isShown`: the widget shows one
 * record of the kind on the record's own page.
 */
type KindRow = { type: string | null; xeroKind: XeroKind; isSent: boolean; isShown: boolean };

/**
 * The one table of the kinds of sync's records, named as in the paths of our API and in the order in which people look
 * for them. What people call them is in `shared/words`. This file does not import zod, so that the widget can use it.
 */
export const syncKindTable = {
  customers: { type: 'customer', xeroKind: 'contact', isSent: true, isShown: true },
  suppliers: { type: 'supplier', xeroKind: 'contact', isSent: true, isShown: true },
  items: { type: 'item', xeroKind: 'item', isSent: true, isShown: true },
  invoices: { type: 'invoice', xeroKind: 'invoice', isSent: true, isShown: true },
  payments: { type: 'payment', xeroKind: 'payment', isSent: true, isShown: true },
  expenses: { type: 'expense', xeroKind: 'bill', isSent: true, isShown: true },
  'purchase-orders': { type: 'purchase-order', xeroKind: 'purchase_order', isSent: true, isShown: true },
  'supplier-credits': { type: 'supplier-credit', xeroKind: 'credit_note', isSent: true, isShown: true },
  'customer-credits': { type: 'customer-credit', xeroKind: 'credit_note', isSent: false, isShown: false },
  tracking: { type: 'tracking', xeroKind: 'tracking_option', isSent: true, isShown: false },
  'tax-rates': { type: 'tax-rate', xeroKind: 'tax_rate', isSent: true, isShown: false },
  'payment-methods': { type: 'payment-method', xeroKind: 'account', isSent: true, isShown: false },
  bills: { type: null, xeroKind: 'bill', isSent: false, isShown: false },
  accounts: { type: null, xeroKind: 'account', isSent: false, isShown: false },
  'expense-categories': { type: null, xeroKind: 'account', isSent: false, isShown: false },
} as const satisfies Readonly<Record<string, KindRow>>;

type Table = typeof syncKindTable;
type KindsWith<Member> = { [Kind in RecordKind]: Table[Kind] extends Member ? Kind : never }[RecordKind];

/** Every kind of record that is synced. */
export type RecordKind = keyof Table;
/** What the CRM's backend may hand over. */
export type PutKind = KindsWith<{ type: string }>;
/** What is sent to Xero. */
export type SentKind = KindsWith<{ isSent: true }>;
/** The type of one record that the CRM hands over. */
export type PutType = Table[PutKind]['type'];
/** The type of one record that the widget shows. */
export type ShownType = Table[KindsWith<{ isShown: true }>]['type'];

export const recordKinds = Object.keys(syncKindTable).filter(isRecordKind);
export const putKinds = recordKinds.filter(isPutKind);
export const putTypes = putKinds.map((kind): PutType => syncKindTable[kind].type);
export const shownTypes = putKinds.flatMap((kind): ShownType[] => {
  const row = syncKindTable[kind];
  return row.isShown ? [row.type] : [];
});

export function isRecordKind(name: string): name is RecordKind {
  return Object.hasOwn(syncKindTable, name);
}

function isPutKind(kind: RecordKind): kind is PutKind {
  return syncKindTable[kind].type !== null;
}

/** The kind of the record that has this type. */
export function kindOfType(type: PutType): PutKind {
  const kind = putKinds.find((one) => syncKindTable[one].type === type);
  if (!kind) throw new Error(`No kind of records has the type ${type}`);
  return kind;
}
