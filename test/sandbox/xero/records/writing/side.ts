import type { Invoice } from '../types.ts';

/** Whether a document sells or buys. This decides what an item sets and whether discounts are possible. */
export type Side = 'sales' | 'purchases';

export const sideOf = (type: Invoice['Type']): Side => (type === 'ACCREC' ? 'sales' : 'purchases');
