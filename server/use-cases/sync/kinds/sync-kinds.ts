import type { SentKind } from '#shared/contract/sync/kinds.ts';
import { customers, suppliers } from './contacts.ts';
import { expenses } from './expenses.ts';
import { invoices } from './invoices.ts';
import { items } from './items.ts';
import type { SyncKind } from './kind.ts';
import { paymentMethods } from './payment-methods.ts';
import { payments } from './payments.ts';
import { purchaseOrders } from './purchase-orders.ts';
import { supplierCredits } from './supplier-credits.ts';
import { taxRates } from './tax-rates.ts';
import { tracking } from './tracking.ts';

/** The kinds that are sent to Xero. Customer credits never are. */
export const syncKinds: { readonly [Kind in SentKind]: SyncKind<Kind> } = {
  ...{ customers, suppliers, items, invoices, payments, expenses, tracking },
  ...{ 'purchase-orders': purchaseOrders, 'supplier-credits': supplierCredits },
  ...{ 'tax-rates': taxRates, 'payment-methods': paymentMethods },
};
