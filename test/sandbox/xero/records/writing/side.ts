import type { Invoice } from '../types.ts';

/** Whether a document sells or buys. This decides what an item sets and whether discounts are possible. */
export type Side = 'sales' | 'purchases';

export function sideOf(type: Invoice['Type']): Side {
  return type === 'ACCREC' ? 'sales' : 'purchases';
}
