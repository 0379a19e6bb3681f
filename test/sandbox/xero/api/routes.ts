import { accountRoutes } from './accounts/accounts.ts';
import { attachmentRoutes } from './attachments.ts';
import { contactGroupRoutes } from './contact-groups/contact-groups.ts';
import { groupMemberRoutes } from './contact-groups/group-members.ts';
import { contactRoutes } from './contacts.ts';
import { allocationRoutes } from './credit-notes/allocations.ts';
import { creditNoteRoutes } from './credit-notes/write-credit-notes.ts';
import { creditRoutes } from './credits.ts';
import { historyRoutes } from './history.ts';
import { invoiceRoutes } from './invoices.ts';
import { itemRoutes } from './items/items.ts';
import { paymentRoutes } from './payments/payments.ts';
import { purchaseOrderRoutes } from './purchase-orders/purchase-orders.ts';
import { quoteRoutes } from './quotes.ts';
import type { ApiRoute } from './route.ts';
import { settingsRoutes } from './settings.ts';
import { taxRateRoutes } from './tax-rates/tax-rates.ts';
import { trackingCategoryRoutes } from './tracking/tracking-categories.ts';
import { trackingOptionRoutes } from './tracking/tracking-options.ts';
import { invoiceActionRoutes } from './writes/invoice-actions.ts';

/** Everything that is served below /api.xro/2.0. */
export const apiRoutes: ApiRoute[] = [
  ...settingsRoutes,
  ...accountRoutes,
  ...taxRateRoutes,
  ...itemRoutes,
  ...trackingCategoryRoutes,
  ...trackingOptionRoutes,
  ...contactGroupRoutes,
  ...groupMemberRoutes,
  ...contactRoutes,
  ...invoiceRoutes,
  ...quoteRoutes,
  ...creditRoutes,
  ...creditNoteRoutes,
  ...allocationRoutes,
  ...purchaseOrderRoutes,
  ...paymentRoutes,
  ...invoiceActionRoutes,
  ...attachmentRoutes,
  ...historyRoutes,
];
