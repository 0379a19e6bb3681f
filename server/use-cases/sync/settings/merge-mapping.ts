import type { MappingChange } from '#shared/contract/sync/mapping.ts';
import { defaultSupplierName, type StoredMapping } from './read-mapping.ts';

/** The mapping after a change. Keys are the same in any case. Null takes a choice away; the key stays known. */
export function mergeMapping(before: StoredMapping, change: MappingChange): StoredMapping {
  const { expenseSupplierName, ...codes } = change.defaults ?? {};
  const supplierName = expenseSupplierName === null ? defaultSupplierName : expenseSupplierName;
  return {
    categories: mergeKeys(before.categories, change.categories, { accountCode: null }),
    paymentMethods: mergeKeys(before.paymentMethods, change.paymentMethods, { accountId: null }),
    taxRates: mergeKeys(before.taxRates, change.taxRates, { taxType: null, salesTaxType: null }),
    tracking: mergeTracking(before.tracking, change.tracking ?? {}),
    defaults: {
      ...before.defaults,
      ...pickGiven(codes),
      ...(supplierName !== undefined && { expenseSupplierName: supplierName }),
    },
  };
}

export function foldKey(key: string): string {
  return key.toLowerCase();
}

type Keyed = { key: string };

function mergeKeys<Row extends Keyed>(
  before: readonly Row[],
  changes: readonly (Keyed & { [Name in keyof Row]?: Row[Name] | undefined })[] = [],
  empty: Omit<Row, 'key'>,
): Row[] {
  const rows = new Map(before.map((row) => [foldKey(row.key), row]));
  for (const change of changes) {
    const known = rows.get(foldKey(change.key));
    // Every member but the key comes from `empty`, so that the row is whole.
    const row = { ...empty, ...known, ...pickGiven(change), key: known?.key ?? change.key } as Row;
    rows.set(foldKey(change.key), row);
  }
  return [...rows.values()];
}

function mergeTracking(before: StoredMapping['tracking'], changes: NonNullable<MappingChange['tracking']>) {
  const merged = new Map(Object.entries(before));
  for (const [key, id] of Object.entries(changes)) {
    const known = [...merged.keys()].find((one) => foldKey(one) === foldKey(key));
    merged.set(known ?? key, id);
  }
  return Object.fromEntries(merged);
}

function pickGiven<T extends object>(change: T): Partial<T> {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<T>;
}
