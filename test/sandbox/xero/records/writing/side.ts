import type { Invoice } from '../types.ts';

/** Who a document's lines are for; it decides what an item brings and whether discounts are known. */
export type Side = 'sales' | 'purchases';

export const sideOf = (type: Invoice['Type']): Side => (type === 'ACCREC' ? 'sales' : 'purchases');
