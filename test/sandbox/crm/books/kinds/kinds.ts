import { customers, suppliers } from './contacts.ts';
import { expenses } from './expenses.ts';
import { invoices } from './invoices.ts';
import { items } from './items.ts';
import type { Kind, KindName } from './kind.ts';
import { payments } from './payments.ts';
import { purchaseOrders, supplierCredits } from './purchases.ts';

/** In the order in which they are handed over: a record follows the records that it names. */
export const kinds: Readonly<Record<KindName, Kind>> = {
  ...{ customers, suppliers, items, expenses, invoices, 'purchase-orders': purchaseOrders },
  ...{ 'supplier-credits': supplierCredits, payments },
};
