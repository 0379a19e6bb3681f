import { accountRoutes } from './accounts/accounts.ts';
import { contactGroupRoutes } from './contact-groups/contact-groups.ts';
import { groupMemberRoutes } from './contact-groups/group-members.ts';
import { contactRoutes } from './contacts/contacts.ts';
import { allocationRoutes } from './credits/allocations.ts';
import { creditRoutes } from './credits/credits.ts';
import { creditNoteRoutes } from './credits/write-credit-notes.ts';
import { invoiceActionRoutes } from './invoices/invoice-actions.ts';
import { invoiceRoutes } from './invoices/invoices.ts';
import { itemRoutes } from './items/items.ts';
import { attachmentRoutes } from './papers/attachments.ts';
import { historyRoutes } from './papers/history.ts';
import { paymentRoutes } from './payments/payments.ts';
import { purchaseOrderRoutes } from './purchase-orders/purchase-orders.ts';
import { quoteRoutes } from './quotes/quotes.ts';
import type { ApiRoute } from './route.ts';
import { settingsRoutes } from './settings/settings.ts';
import { taxRateRoutes } from './tax-rates/tax-rates.ts';
import { trackingCategoryRoutes } from './tracking/tracking-categories.ts';
import { trackingOptionRoutes } from './tracking/tracking-options.ts';

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
