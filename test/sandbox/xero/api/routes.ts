import { attachmentRoutes } from './attachments.ts';
import { contactRoutes } from './contacts.ts';
import { creditRoutes } from './credits.ts';
import { historyRoutes } from './history.ts';
import { invoiceRoutes } from './invoices.ts';
import { paymentRoutes } from './payments/payments.ts';
import { quoteRoutes } from './quotes.ts';
import type { ApiRoute } from './route.ts';
import { settingsRoutes } from './settings.ts';
import { invoiceActionRoutes } from './writes/invoice-actions.ts';

/** Everything that is served below /api.xro/2.0. */
export const apiRoutes: ApiRoute[] = [
  ...settingsRoutes,
  ...contactRoutes,
  ...invoiceRoutes,
  ...quoteRoutes,
  ...creditRoutes,
  ...paymentRoutes,
  ...invoiceActionRoutes,
  ...attachmentRoutes,
  ...historyRoutes,
];
